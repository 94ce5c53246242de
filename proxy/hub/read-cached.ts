import { asRecord } from '../json/as-record.ts'
import type { CacheLifetime } from './conversation.ts'

/** Anthropic's `cache_control`, which other dialects have taken over. */
export function readCached(control: unknown): { cachedFor?: CacheLifetime } {
  if (control === undefined || control === null) return {}
  return { cachedFor: asRecord(control).ttl === '1h' ? '1h' : '5m' }
}
