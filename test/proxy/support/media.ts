import type { Price } from '#lib/core/price.ts'
import type { UnitPrice } from '#lib/core/units.ts'
import { price } from './world.ts'

/** What a vendor of OpenAI's dialect speaks besides its chat. */
export const mediaDialects = [
  'openai-embeddings',
  'openai-completions',
  'openai-moderations',
  'openai-images',
  'openai-speech',
  'openai-transcriptions',
  'rerank',
] as const

export const freeOfTokens: Price = { ...price, inputPerMtok: 0n, outputPerMtok: 0n, cacheReadPerMtok: null }

export function byUnit(...units: UnitPrice[]): Price {
  return { ...freeOfTokens, units }
}

/** Silence: 8,000 samples a second, of 16 bits. */
export function wav(seconds: number): Buffer {
  const data = Buffer.alloc(16_000 * seconds)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8_000, 24)
  head.writeUInt32LE(16_000, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(data.length, 40)
  return Buffer.concat([head, data])
}
