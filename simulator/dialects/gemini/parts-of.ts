import type { Choice } from '../../writing/write-completion.ts'
import type { Ask } from '../dialect.ts'
import { isThinker, signatureOf } from './seal.ts'

export const finishReasons = { stop: 'STOP', length: 'MAX_TOKENS', tool: 'STOP' } as const

/** The calls of a choice as parts. Of those that are made at once the first one is signed. */
export function callPartsOf({ sayings }: Choice, ask: Ask): object[] {
  return sayings.map(({ toolName, pieces }, place) => {
    const functionCall = { name: String(toolName), args: argsOf(pieces.map(({ text }) => text).join('')) }
    return { functionCall, ...(place === 0 && isSigned(ask) && { thoughtSignature: signatureOf({ functionCall }) }) }
  })
}

/** What is thought is signed, be it shown or not; some models think always. */
export function isSigned(ask: Ask): boolean {
  return ask.showsThought === true || isThinker(ask.model)
}

function argsOf(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json)
  } catch {
    // The cap cut it short.
    return {}
  }
}
