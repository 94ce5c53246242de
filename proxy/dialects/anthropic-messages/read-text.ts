import { asRecord } from '../../json/as-record.ts'

/** All that the model wrote in one answer or one event: words, thoughts, arguments of tools. */
export function readText(value: unknown): string {
  const { content, delta, content_block: block } = asRecord(value)
  if (Array.isArray(content)) return content.map(textOfBlock).join('')
  if (delta !== undefined) {
    const { text, thinking, partial_json: json } = asRecord(delta)
    return textOf(text) + textOf(thinking) + textOf(json)
  }
  return block === undefined ? '' : textOfBlock(block)
}

function textOfBlock(block: unknown): string {
  const { text, thinking, name, input } = asRecord(block)
  const written = Object.keys(asRecord(input)).length > 0 ? JSON.stringify(input) : ''
  return textOf(text) + textOf(thinking) + textOf(name) + written
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
