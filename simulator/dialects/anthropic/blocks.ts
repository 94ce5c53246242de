import type { Choice, Completion } from '../../writing/write-completion.ts'

export const stopReasons = { stop: 'end_turn', length: 'max_tokens', tool: 'tool_use' } as const

/** The id of the call of a tool, the same in a document and in a stream. */
export function toolUseId({ id }: Pick<Completion, 'id'>): string {
  return id.replace('msg_', 'toolu_')
}

export function inputOf({ pieces }: Choice): unknown {
  try {
    return JSON.parse(pieces.map(({ text }) => text).join(''))
  } catch {
    // The cap cut it short.
    return {}
  }
}
