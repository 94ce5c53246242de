import { asRecord } from '../../json/as-record.ts'

/** All that the model wrote in one answer or one delta: words, reasoning, refusals, arguments of tools. */
export function readText(value: unknown): string {
  const { choices } = asRecord(value)
  return Array.isArray(choices) ? choices.map(textOfChoice).join('') : ''
}

function textOfChoice(choice: unknown): string {
  const { delta, message } = asRecord(choice)
  const said = asRecord(delta ?? message)
  const toolCalls = Array.isArray(said.tool_calls) ? said.tool_calls : []
  return [
    textOfContent(said.content),
    // One thought, under either name.
    textOf(said.reasoning_content) || textOf(said.reasoning),
    textOf(said.refusal),
    textOfCall(said.function_call),
    ...toolCalls.map((call) => textOfCall(asRecord(call).function) || textOfCall(asRecord(call).custom)),
  ].join('')
}

/** Mistral sends parts, and thoughts as parts of parts. */
function textOfContent(content: unknown): string {
  if (!Array.isArray(content)) return textOf(content)
  return content.map((part) => textOf(asRecord(part).text) || textOfContent(asRecord(part).thinking)).join('')
}

function textOfCall(call: unknown): string {
  const { name, arguments: written, input } = asRecord(call)
  return textOf(name) + textOf(written) + textOf(input)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
