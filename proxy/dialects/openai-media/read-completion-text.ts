import { asRecord } from '../../json/as-record.ts'

export function readCompletionText(value: unknown): string {
  const { choices } = asRecord(value)
  if (!Array.isArray(choices)) return ''
  return choices
    .map((choice) => asRecord(choice).text)
    .filter((text) => typeof text === 'string')
    .join('')
}
