import { StipendError } from '#lib/core/errors.ts'

/** A whole number that was typed; null: nothing was. */
export function readCount(text: string, param: string): number | null {
  const plain = text.replace(/[\s,，]/g, '')
  if (plain === '') return null
  if (/^\d{1,10}$/.test(plain)) return Number(plain)
  throw new StipendError('invalid_request_error', 'Write a whole number, or nothing.', { param })
}
