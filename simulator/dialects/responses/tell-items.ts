import type { Item } from './read-responses-request.ts'

/** Items as messages of a chat: calls that follow each other are one message. */
export function tellItems(items: Item[]): object[] {
  const messages: { tool_calls?: object[] }[] = []
  for (const { type = 'message', role, content, call_id, name, arguments: json, input, output } of items) {
    if (type === 'message') {
      messages.push({ role, content: typeof content === 'string' ? content : partsOf(content) } as object)
    } else if (type === 'function_call' || type === 'custom_tool_call') {
      const call = { id: call_id, type: 'function', function: { name, arguments: json ?? input } }
      const open = messages.at(-1)?.tool_calls
      if (open) open.push(call)
      else messages.push({ role: 'assistant', tool_calls: [call] } as object)
    } else if (type === 'function_call_output' || type === 'custom_tool_call_output') {
      const said = typeof output === 'string' ? output : partsOf(output)
      messages.push({ role: 'tool', tool_call_id: call_id, content: said } as object)
    }
  }
  return messages
}

function partsOf(content: unknown): object[] {
  return (Array.isArray(content) ? content : []).map(({ type, text }) =>
    type === 'input_image' ? { type: 'image_url', image_url: {} } : { type: 'text', text: text ?? '' },
  )
}
