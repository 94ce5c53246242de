import type { Answer } from '../../answer.ts'
import type { Completion } from '../../writing/write-completion.ts'
import type { Ask, Telling } from '../dialect.ts'
import { writeUsage } from './write-usage.ts'

/** An answer that was known when it was asked for. Only embedContent tells what it used. */
export function writeWordless({ document }: Ask, _completion: Completion, { report }: Telling): Answer {
  const isTold = report !== undefined && 'embedding' in document!
  const told = report && { promptTokens: report.promptTokens }
  const body = { ...document, ...(isTold && { usageMetadata: told && writeUsage(told) }) }
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    isStream: false,
    parts: [{ bytes: JSON.stringify(body, null, 2), tokens: 0, ...(isTold && { report: told ?? null }) }],
    ending: 'end',
  }
}
