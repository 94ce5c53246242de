import { StipendError } from '#lib/core/errors.ts'

/** A number of tokens that was typed; null: nothing was. */
export function readTokens(text: unknown, param: string): number | null {
  const plain = String(text ?? '').replace(/[\s,]/g, '')
  if (plain === '') return null
  if (/^\d{1,9}$/.test(plain)) return Number(plain)
  throw new StipendError('invalid_request_error', 'Write a whole number, or nothing.', { param })
}
