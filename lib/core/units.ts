import type { Nanos } from './money.ts'

/**
 * What answers are paid by, where it is not tokens of text. The kinds of tokens are parts of a request's input or
 * output tokens, and cost as much as those where they have no price of their own; what is written to a cache for an hour
 * is part of what is written to a cache, and costs twice the input where it has none.
 */
export const unitKinds = [
  'image',
  'character',
  'second',
  'search',
  'audio_input_token',
  'image_input_token',
  'audio_output_token',
  'image_output_token',
  'hour_cache_write_token',
] as const

export type UnitKind = (typeof unitKinds)[number]

/** How many of each kind; a kind that is not there is none. */
export type Units = Partial<Record<UnitKind, number>>

/** What `per` of a kind cost together, as vendors write it: 0.006 USD for 60 seconds. */
export interface UnitPrice {
  kind: UnitKind
  priceNanos: Nanos
  per: number
}

/** The kinds that are parts of a class of tokens. */
export const inputTokenKinds = ['audio_input_token', 'image_input_token'] as const
export const outputTokenKinds = ['audio_output_token', 'image_output_token'] as const

/** A cost before it is rounded: nano-dollars over `per`. */
export interface Fraction {
  nanos: Nanos
  per: bigint
}

export function addFractions(one: Fraction, other: Fraction): Fraction {
  if (one.per === other.per) return { nanos: one.nanos + other.nanos, per: one.per }
  return { nanos: one.nanos * other.per + other.nanos * one.per, per: one.per * other.per }
}

export function roundUp({ nanos, per }: Fraction): Nanos {
  return (nanos + per - 1n) / per
}
