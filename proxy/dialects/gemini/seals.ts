import type { Seal } from '../../hub/conversation.ts'
import { isForeignSeal, readSeal, writeSeal } from '../../hub/seal-text.ts'

/** Google's clients read signatures as bytes in base64, and stumble over anything else. */
export function signatureOf(seal: Seal): string {
  return seal.origin === 'gemini' ? seal.value : Buffer.from(writeSeal(seal)).toString('base64')
}

export function sealOf(signature: string): Seal {
  return readSeal(plain(signature) ?? signature, 'gemini')
}

/** Whether it is the seal of another vendor, as `signatureOf` writes it. */
export function isForeign(signature: string): boolean {
  return plain(signature) !== null
}

function plain(signature: string): string | null {
  const text = Buffer.from(signature, 'base64').toString()
  return isForeignSeal(text) ? text : null
}
