import { hkdfSync } from 'node:crypto'

/** Keys for separate purposes from the one master secret, so that no two uses share bytes. */
export type Purpose = 'hash-keys' | 'seal-credentials' | 'database-role' | 'sign-sessions'

const derived = new Map<string, Buffer>()

/** 32 bytes for `purpose` (HKDF-SHA-256, RFC 5869). */
export function deriveKey(masterSecret: string, purpose: Purpose): Buffer {
  const name = `${purpose}\0${masterSecret}`
  let key = derived.get(name)
  if (!key) {
    key = Buffer.from(hkdfSync('sha256', masterSecret, 'stipend', purpose, 32))
    derived.set(name, key)
  }
  return key
}
