import type { ModelRequest } from '../dialects/dialect.ts'
import type { Caller } from '../gateway.ts'
import { hashText } from './hash-text.ts'

/** Vendors cache no shorter prompts. */
const leastCachedBytes = 4096
const prefixLength = 2048

/** Equal for calls of one key that begin alike, where a vendor's prompt cache would pay; null where it would not. */
export function affinityOf(request: ModelRequest, { keyId }: Caller): string | null {
  if (request.input.textBytes < leastCachedBytes) return null
  let prefix = ''
  for (const text of request.input.readTexts().texts) {
    prefix += text.slice(0, prefixLength - prefix.length)
    if (prefix.length >= prefixLength) break
  }
  return `${keyId} ${hashText(prefix)}`
}
