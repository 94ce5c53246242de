import type { z } from 'zod'
import { StipendError } from '#lib/core/errors.ts'

/**
 * The value as it came, once `schema` finds no fault in it; nothing is added, dropped or put in another order. `within` is
 * where the value stands in the body.
 */
export function parseWith<T extends z.ZodType>(schema: T, value: unknown, within?: string): z.infer<T> {
  const found = schema.safeParse(value)
  if (found.success) return value as z.infer<T>
  const issue = found.error.issues[0]
  const param = [within ?? [], issue?.path ?? []].flat().join('.') || undefined
  throw new StipendError('invalid_request_error', `${param ?? 'The body'}: ${issue?.message ?? 'is not valid'}.`, {
    ...(param && { param }),
  })
}
