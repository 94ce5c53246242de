import { Refused } from '../../faults/refusal.ts'
import type { ChatRequest } from './chat-request.ts'

/** Every call of a tool is answered right after it, and nothing is answered that was not called. */
export function refuseLooseCalls({ messages }: ChatRequest): void {
  let open = new Set<string>()
  for (const [index, { role, tool_calls, tool_call_id }] of messages.entries()) {
    if (role === 'tool') {
      if (open.delete(tool_call_id ?? '')) continue
      const rule = "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'"
      throw refuse(index, `Invalid parameter: ${rule}.`)
    }
    refuseUnanswered(open, index)
    open = new Set(tool_calls?.map(({ id }) => id ?? ''))
  }
  refuseUnanswered(open, messages.length)
}

function refuseUnanswered(open: Set<string>, index: number): void {
  if (open.size === 0) return
  const rule =
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'"
  throw refuse(index, `${rule}. The following tool_call_ids did not have response messages: ${[...open].join(', ')}`)
}

function refuse(index: number, message: string): Refused {
  const param = `messages.[${index}].role`
  return new Refused({ status: 400, code: null, type: 'invalid_request_error', param, message })
}
