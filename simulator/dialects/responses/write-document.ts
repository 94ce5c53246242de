import type { Answer } from '../../answer.ts'
import type { Completion } from '../../writing/write-completion.ts'
import type { Ask, Telling } from '../dialect.ts'
import { itemsOf, responseOf } from './items.ts'

/** A `response` object. */
export function writeDocument(ask: Ask, completion: Completion, { report }: Telling): Answer {
  const body = responseOf(ask, completion, itemsOf(ask, completion), report)
  const part = { bytes: JSON.stringify(body), tokens: completion.usage.completionTokens }
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    isStream: false,
    parts: [report === undefined ? part : { ...part, report }],
    ending: 'end',
  }
}
