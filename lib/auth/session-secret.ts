import { environment } from '../environment.ts'
import { deriveKey } from '../secrets/derive-key.ts'

/** What session cookies are sealed under. */
export function sessionSecret(): string {
  return deriveKey(environment().STIPEND_SECRET, 'sign-sessions').toString('base64url')
}
