import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const bodyLength = 43 // base62: 256 bits
const checksumLength = 6

export type SecretPrefix = 'sk-stp-' | 'mk-stp-'

/** A fresh secret: prefix, 256 bits in base62, six characters of checksum. */
export function newSecret(prefix: SecretPrefix): string {
  const body = toBase62(BigInt(`0x${randomBytes(32).toString('hex')}`), bodyLength)
  return prefix + body + checksumOf(prefix + body)
}

/** Whether a text can be a secret of ours at all: a typing error or a made-up key costs no query. */
export function isWellFormed(secret: string, prefix: SecretPrefix): boolean {
  if (!secret.startsWith(prefix) || secret.length !== prefix.length + bodyLength + checksumLength) return false
  const end = secret.length - checksumLength
  return secret.slice(end) === checksumOf(secret.slice(0, end))
}

/** The end of a secret, to tell keys apart in a list. */
export function hintOf(secret: string): string {
  return secret.slice(-4)
}

function checksumOf(text: string): string {
  return toBase62(BigInt(crc32(text)), checksumLength)
}

function toBase62(value: bigint, length: number): string {
  let digits = ''
  for (let rest = value; digits.length < length; rest /= 62n) digits = alphabet[Number(rest % 62n)] + digits
  return digits
}
