import { createHmac } from 'node:crypto'

/** HMAC-SHA-256 in base64, which all of these receivers use in their own way. */
export function signatureOf(key: string | Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64')
}
