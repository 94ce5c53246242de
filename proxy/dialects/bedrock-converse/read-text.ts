import { asRecord } from '../../json/as-record.ts'
import { listOf, textOr } from '../../json/read-value.ts'

/** All that the model wrote in one answer or one event: words, thoughts, arguments of tools. */
export function readText(value: unknown): string {
  const { output, contentBlockDelta, contentBlockStart } = asRecord(value)
  if (contentBlockDelta !== undefined) return textOfBlock(asRecord(contentBlockDelta).delta)
  if (contentBlockStart !== undefined) return textOfBlock(asRecord(contentBlockStart).start)
  return listOf(asRecord(asRecord(output).message).content)
    .map(textOfBlock)
    .join('')
}

function textOfBlock(block: unknown): string {
  const { text, toolUse, reasoningContent, citationsContent } = asRecord(block)
  const { name, input } = asRecord(toolUse)
  const thought = asRecord(reasoningContent)
  const cited = listOf(asRecord(citationsContent).content).map(textOfBlock).join('')
  const written = typeof input === 'string' ? input : input === undefined ? '' : JSON.stringify(input)
  const thoughts = textOr(thought.text, '') + textOr(asRecord(thought.reasoningText).text, '')
  return textOr(text, '') + textOr(name, '') + written + thoughts + cited
}
