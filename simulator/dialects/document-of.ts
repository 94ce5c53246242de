import type { Answer } from '../answer.ts'

/** A JSON document, all of it at once. */
export function documentOf(body: object, tokens = 0, report?: Answer['parts'][number]['report']): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    isStream: false,
    parts: [{ bytes: JSON.stringify(body), tokens, ...(report !== undefined && { report }) }],
    ending: 'end',
  }
}
