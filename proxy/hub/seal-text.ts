import type { DialectName } from '#lib/core/dialects.ts'
import type { Seal } from './conversation.ts'

const tag = 'stp1'

/** A seal as text that passes through a caller of another dialect and comes back with the next turn. */
export function writeSeal({ origin, value, isWhole }: Seal): string {
  return [tag, origin, isWhole ? 'whole' : 'part', value].join('.')
}

/** A seal as it came back; one without our mark is of the caller's own dialect. */
export function readSeal(text: string, own: DialectName): Seal {
  const [mark, origin, extent, ...value] = text.split('.')
  if (mark !== tag) return { origin: own, value: text }
  return { origin: origin as DialectName, value: value.join('.'), ...(extent === 'whole' && { isWhole: true }) }
}

/** Whether it bears our mark: it is then not of the dialect that it is found in. */
export function isForeignSeal(text: string): boolean {
  return text.startsWith(`${tag}.`)
}
