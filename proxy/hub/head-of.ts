import type { ModelRequest } from '../dialects/dialect.ts'
import type { Exchange } from '../exchange.ts'
import type { AnswerHead } from './hub.ts'

const msPerSecond = 1000

/** What the answer to a request is called. */
export function headOf({ id, startedAtMs }: Exchange, { model, wantsUsage, body }: ModelRequest): AnswerHead {
  return { id, model, createdAtSeconds: Math.floor(startedAtMs / msPerSecond), wantsUsage, body }
}
