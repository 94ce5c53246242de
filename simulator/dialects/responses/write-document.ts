import type { Answer } from '../../answer.ts'
import type { Completion } from '../../writing/write-completion.ts'
import type { Ask, Telling } from '../dialect.ts'
import { documentOf } from '../document-of.ts'
import { itemsOf, responseOf } from './items.ts'

/** A `response` object. */
export function writeDocument(ask: Ask, completion: Completion, { report }: Telling): Answer {
  const body = responseOf(ask, completion, itemsOf(ask, completion), report)
  return documentOf(body, completion.usage.completionTokens, report)
}
