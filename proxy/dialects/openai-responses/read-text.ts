import { asRecord } from '../../json/as-record.ts'
import { listOf, textOr } from '../../json/read-value.ts'

/** All that the model wrote in one answer or one event: words, thoughts that it shows, refusals, input of tools. */
export function readText(value: unknown): string {
  const { type, delta, output } = asRecord(value)
  if (Array.isArray(output)) return output.map(textOfItem).join('')
  // Events that end a piece repeat it, and the last one repeats everything.
  return textOr(type, '').endsWith('.delta') ? textOr(delta, '') : ''
}

function textOfItem(item: unknown): string {
  const { content, summary, name, arguments: written, input } = asRecord(item)
  const parts = [...listOf(content), ...listOf(summary)].map(asRecord)
  const said = parts.map(({ text, refusal }) => textOr(text, '') + textOr(refusal, '')).join('')
  return said + textOr(name, '') + textOr(written, '') + textOr(input, '')
}
