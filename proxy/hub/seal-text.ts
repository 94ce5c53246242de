import type { DialectName } from '#lib/core/dialects.ts'
import type { Seal } from './conversation.ts'

const tag = 'stp1'

/** A seal as text that passes through a caller of another dialect and comes back with the next turn. */
export function writeSeal({ origin, value, isWhole, thought = '' }: Seal): string {
  if (isWhole || thought === '') return [tag, origin, isWhole ? 'whole' : 'part', value].join('.')
  return [tag, origin, 'told', thought.length, thought + value].join('.')
}

/** A seal as it came back; one without our mark is of the caller's own dialect. */
export function readSeal(text: string, own: DialectName): Seal {
  const [mark, origin, extent, ...rest] = text.split('.')
  if (mark !== tag) return { origin: own, value: text }
  const seal = { origin: origin as DialectName, value: rest.join('.'), ...(extent === 'whole' && { isWhole: true }) }
  return extent === 'told' ? openTold(seal) : seal
}

function openTold(seal: Seal): Seal {
  const start = seal.value.indexOf('.') + 1
  const end = start + Number(seal.value.slice(0, start - 1))
  return { ...seal, value: seal.value.slice(end), thought: seal.value.slice(start, end) }
}

/** Whether it bears our mark: it is then not of the dialect that it is found in. */
export function isForeignSeal(text: string): boolean {
  return text.startsWith(`${tag}.`)
}
