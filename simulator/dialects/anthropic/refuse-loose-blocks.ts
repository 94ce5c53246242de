import { refuse } from '../refuse.ts'
import { sealThought, thoughtOf } from '../thought.ts'
import type { Block } from './read-messages.ts'

interface Turn {
  /** Of the first of its messages. */
  index: number
  role: string
  blocks: Block[]
}

/** Thoughts are ours and stand where we had them; each call is answered in the next turn, before anything else is said. */
export function refuseLooseBlocks(messages: Omit<Turn, 'index'>[]): void {
  const turns = turnsOf(messages)
  const latest = turns.findLast(({ role }) => role === 'assistant')
  let called: unknown[] = []
  for (const turn of turns) {
    const at = `messages.${turn.index}`
    refuseForged(turn, turn === latest)
    const results = turn.blocks.filter(({ type }) => type === 'tool_result').map(({ tool_use_id }) => tool_use_id)
    const stray = results.find((id) => !called.includes(id))
    if (stray !== undefined) {
      const rule = 'Each `tool_result` block must have a corresponding `tool_use` block in the previous message'
      throw refuse(`${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. ${rule}.`)
    }
    const isFirst = turn.blocks.slice(0, results.length).every(({ type }) => type === 'tool_result')
    refuseUnanswered(called, isFirst ? results : [], at)
    called = turn.blocks.filter(({ type }) => type === 'tool_use').map(({ id }) => id)
  }
  refuseUnanswered(called, [], `messages.${messages.length - 1}`)
}

/** Messages of one role that follow each other are one turn. */
function turnsOf(messages: Omit<Turn, 'index'>[]): Turn[] {
  const turns: Turn[] = []
  for (const [index, { role, blocks }] of messages.entries()) {
    const last = turns.at(-1)
    if (last?.role === role) last.blocks.push(...blocks)
    else turns.push({ index, role, blocks: [...blocks] })
  }
  return turns
}

function refuseForged({ index, blocks }: Turn, isLatest: boolean): void {
  const tools = blocks.flatMap(({ type, name }) =>
    type === 'tool_use' ? [{ name: String(name), parameters: {} }] : [],
  )
  for (const [place, { type, text, thinking, signature }] of blocks.entries()) {
    const at = `messages.${index}.content.${place}`
    if (type === 'text' && text === '') throw refuse(`messages.${index}: text content blocks must be non-empty`)
    if (type !== 'thinking') continue
    if (signature !== sealThought(String(thinking))) throw refuse(`${at}: Invalid \`signature\` in \`thinking\` block`)
    if (isLatest && thinking !== thoughtOf({ tools })) {
      throw refuse(`${at}: \`thinking\` blocks in the latest assistant message cannot be modified.`)
    }
  }
}

function refuseUnanswered(called: unknown[], results: unknown[], at: string): void {
  const open = called.filter((id) => !results.includes(id))
  if (open.length === 0) return
  const rule = 'Each `tool_use` block must have a corresponding `tool_result` block in the next message'
  throw refuse(
    `${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}. ${rule}.`,
  )
}
