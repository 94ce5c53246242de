import type { DialectName } from '#lib/core/dialects.ts'
import type { Dialect } from '#proxy/dialects/dialect.ts'
import type { Ask } from './ask.ts'
import type { Words } from './generate-ask.ts'

/** A dialect as the tests speak and hear it, without a line of the gateway's. */
export interface Tongue {
  name: DialectName
  dialect: Dialect
  words: Words
  path(ask: { stream: boolean }): string
  /** A body that asks so; `choose` picks one of several ways to say the same. */
  say(ask: Ask, choose: Choose): Record<string, unknown>
  hear(body: Record<string, unknown>): Ask
}

export type Choose = <T>(...ways: T[]) => T
