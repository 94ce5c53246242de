import { refuse } from '../refuse.ts'
import { thoughtOf } from '../thought.ts'
import { thoughtIn } from './items.ts'
import type { Item } from './read-responses-request.ts'

/** Thoughts are ours and stand before what followed them; each call is answered, and nothing that was not called. */
export function refuseLooseItems(items: Item[]): void {
  const open = new Set<unknown>()
  for (const [index, { type, call_id }] of items.entries()) {
    if (type === 'reasoning') refuseLooseThought(items, index)
    if (isCall(type)) {
      refuseThoughtless(items, index)
      open.add(call_id)
    }
    if (/^(?:function|custom_tool)_call_output$/.test(type ?? '') && !open.delete(call_id)) {
      throw refuse(`No tool call found for function call output with call_id ${call_id}.`)
    }
  }
  const [unanswered] = open
  if (unanswered !== undefined) throw refuse(`No tool output found for function call ${unanswered}.`)
}

function isCall(type: string | undefined): boolean {
  return type === 'function_call' || type === 'custom_tool_call'
}

function refuseLooseThought(items: Item[], index: number): void {
  const { id, encrypted_content: sealed } = items[index]!
  if (sealed == null) {
    throw refuse(`Item with id '${id}' not found. Items are not persisted when \`store\` is set to false.`)
  }
  const thought = thoughtIn(sealed)
  if (thought === null) throw refuse(`The encrypted content of input[${index}] could not be verified.`)
  const tools = followersOf(items, index).flatMap(({ type, name }) =>
    isCall(type) ? [{ name: String(name), parameters: {} }] : [],
  )
  if (thought !== thoughtOf({ tools }) || followersOf(items, index).length === 0) {
    throw refuse(`Item '${id}' of type 'reasoning' was provided without its required following item.`)
  }
}

/** What the model said after a thought, up to the next. */
function followersOf(items: Item[], index: number): Item[] {
  const rest = items.slice(index + 1)
  const end = rest.findIndex(({ type, role }) => !isCall(type) && role !== 'assistant')
  return end === -1 ? rest : rest.slice(0, end)
}

/** A call that came with a thought goes back with it; only its id tells that it did. */
function refuseThoughtless(items: Item[], index: number): void {
  const key = /^(?:fc|ctc)_(thought_.+?)(?:_\d+)?$/.exec(String(items[index]!.id ?? ''))?.[1]
  if (key === undefined || items.slice(0, index).some(({ id }) => id === `rs_${key}`)) return
  const { id } = items[index]!
  throw refuse(`Item '${id}' of type 'function_call' was provided without its required 'reasoning' item: 'rs_${key}'.`)
}
