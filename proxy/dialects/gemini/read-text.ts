import { asRecord } from '../../json/as-record.ts'

/** All that the model wrote in one answer or one piece of it: words, thoughts, calls, code. */
export function readText(value: unknown): string {
  if (Array.isArray(value)) return value.map(readText).join('')
  const { candidates } = asRecord(value)
  return Array.isArray(candidates) ? candidates.map(textOfCandidate).join('') : ''
}

function textOfCandidate(candidate: unknown): string {
  const { parts } = asRecord(asRecord(candidate).content)
  return Array.isArray(parts) ? parts.map(textOfPart).join('') : ''
}

function textOfPart(part: unknown): string {
  const { text, functionCall, executableCode } = asRecord(part)
  if (typeof text === 'string') return text
  if (functionCall != null) {
    const { name, args } = asRecord(functionCall)
    return `${typeof name === 'string' ? name : ''}${args == null ? '' : JSON.stringify(args)}`
  }
  const { code } = asRecord(executableCode)
  return typeof code === 'string' ? code : ''
}
