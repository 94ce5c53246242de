import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { deriveKey } from './derive-key.ts'

const format = 1
const nonceLength = 12
const tagLength = 16
const keyLength = 32

/**
 * Seals a vendor credential: AES-256-GCM under a data key of its own, which is sealed under the master secret.
 * `context` is authenticated with it, so a row copied to another tenant, provider or origin does not open.
 */
export function seal(plaintext: string, context: string, masterSecret: string): Buffer {
  const dataKey = randomBytes(keyLength)
  const wrappedKey = encrypt(dataKey, deriveKey(masterSecret, 'seal-credentials'), context)
  return Buffer.concat([Buffer.of(format), wrappedKey, encrypt(Buffer.from(plaintext), dataKey, context)])
}

/** Opens what `seal` made. Throws when the context, the master secret or a byte is not the same. */
export function openSealed(sealed: Uint8Array, context: string, masterSecret: string): string {
  const bytes = Buffer.from(sealed)
  if (bytes[0] !== format) throw new Error('a sealed credential has an unknown format')
  const split = 1 + nonceLength + keyLength + tagLength
  const dataKey = decrypt(bytes.subarray(1, split), deriveKey(masterSecret, 'seal-credentials'), context)
  return decrypt(bytes.subarray(split), dataKey, context).toString()
}

function encrypt(plaintext: Buffer, key: Buffer, context: string): Buffer {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

function decrypt(bytes: Buffer, key: Buffer, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength))
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(-tagLength))
  return Buffer.concat([decipher.update(bytes.subarray(nonceLength, -tagLength)), decipher.final()])
}
