import { environment } from '../environment.ts'
import { hashSecret } from '../secrets/hash-secret.ts'

/** What is kept of a link's token. The prefix keeps it apart from the hashes of keys. */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hashSecret(`access-link:${token}`, environment().STIPEND_SECRET))
}
