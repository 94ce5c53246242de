import type { z } from 'zod'
import { Refused } from '../../faults/refusal.ts'

/** What the request says, or the 400 that OpenAI would answer. */
export function parseMedia<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const found = schema.safeParse(body)
  if (found.success) return found.data
  const issue = found.error.issues[0]
  const param = issue?.path.join('.') ?? ''
  throw refuseMedia(param, `Invalid '${param}': ${issue?.message ?? 'invalid'}.`)
}

export function refuseMedia(param: string, message: string): Refused {
  return new Refused({ status: 400, code: 'invalid_value', type: 'invalid_request_error', param, message })
}
