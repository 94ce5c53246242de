import { environment } from '../environment.ts'
import { hashSecret } from '../secrets/hash-secret.ts'

/** What is kept of a link's token. The prefix keeps it apart from the hashes of keys and of other links. */
export function hashResetToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hashSecret(`password-reset:${token}`, environment().STIPEND_SECRET))
}
