import { environment } from '../environment.ts'
import { hashSecret } from '../secrets/hash-secret.ts'

/** What is kept of a code, bound to its person. Case, spaces and dashes do not matter. */
export function hashRecoveryCode(userId: string, code: string): Uint8Array<ArrayBuffer> {
  const plain = code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return new Uint8Array(hashSecret(`recovery:${userId}:${plain}`, environment().STIPEND_SECRET))
}
