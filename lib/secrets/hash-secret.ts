import { createHmac } from 'node:crypto'
import { deriveKey } from './derive-key.ts'

/** What is stored of a key: HMAC-SHA-256 under the master secret. A stolen table alone lets nobody in. */
export function hashSecret(secret: string, masterSecret: string): Buffer {
  return createHmac('sha256', deriveKey(masterSecret, 'hash-keys')).update(secret).digest()
}
