import type { Completion, Saying } from '../../writing/write-completion.ts'

export const stopReasons = { stop: 'end_turn', length: 'max_tokens', tool: 'tool_use' } as const

/** The id of the call of a tool, the same in a document and in a stream. */
export function toolUseId({ id }: Pick<Completion, 'id'>, place: number): string {
  return `${id.replace('msg_', 'toolu_')}${place > 0 ? `_${place}` : ''}`
}

export function inputOf({ pieces }: Saying): unknown {
  try {
    return JSON.parse(pieces.map(({ text }) => text).join(''))
  } catch {
    // The cap cut it short.
    return {}
  }
}
