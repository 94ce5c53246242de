import type { Content, ContentPart } from './generate-request.ts'

/** Contents as messages of a chat. Calls that have no id are told from each other by their order. */
export function tellContents(contents: Content[], systemInstruction: Content | undefined): object[] {
  const messages: object[] = []
  if (systemInstruction) messages.push({ role: 'system', content: wordsOf(systemInstruction.parts) })
  let ids: { id: string; name: string }[] = []
  for (const [index, { role, parts }] of contents.entries()) {
    const said = wordsOf(parts)
    const calls = parts.flatMap(({ functionCall }) => functionCall ?? [])
    const results = parts.flatMap(({ functionResponse }) => functionResponse ?? [])
    for (const { name, response } of results) {
      const place = ids.findIndex((call) => call.name === name)
      const [call] = ids.splice(place, 1)
      messages.push({ role: 'tool', tool_call_id: call?.id, content: JSON.stringify(response) })
    }
    ids = calls.map(({ name }, place) => ({ id: `${index}_${place}`, name }))
    if (said.length === 0 && calls.length === 0) continue
    const tool_calls = calls.map(({ name, args }, place) => ({
      id: `${index}_${place}`,
      type: 'function',
      function: { name, arguments: JSON.stringify(args ?? {}) },
    }))
    const isModel = role === 'model'
    messages.push({ role: isModel ? 'assistant' : 'user', content: said, ...(calls.length > 0 && { tool_calls }) })
  }
  return messages
}

/** What is said to everybody: thoughts are the model's own and cost nothing when they come back. */
function wordsOf(parts: ContentPart[]): object[] {
  return parts.flatMap<object>(({ text, thought, inlineData, fileData }) => {
    if (inlineData ?? fileData) return [{ type: 'image_url', image_url: {} }]
    return text && !thought ? [{ type: 'text', text }] : []
  })
}
