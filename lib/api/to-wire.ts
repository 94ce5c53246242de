import { formatUsd } from '../core/money.ts'
import { isMoney, wireName } from './wire-name.ts'

/** A view as the API shows it: its names, decimal USD, ISO times. */
export function toWire(value: unknown, name = ''): unknown {
  if (typeof value === 'bigint') return formatUsd(value)
  // In the audit log amounts are kept as text.
  if (typeof value === 'string' && isMoney(name) && /^-?\d+$/.test(value)) return formatUsd(BigInt(value))
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map((item) => toWire(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [wireName(key), toWire(part, key)]))
}
