import type { Lesson } from './health.ts'

/** One refusal may be a slip of the vendor's; a second within this time is not. */
const suspectForMs = 60_000

const refusedMs = 30_000
const longestRefusedMs = 15 * 60_000
const outOfCreditMs = 5 * 60_000
const longestOutOfCreditMs = 60 * 60_000

/** All that is known of one credential, which is a provider's. */
export interface CredentialVitals {
  providerId: string
  organizationId: string
  state: 'ok' | 'refused' | 'out_of_credit'
  reason: string | null
  /** When a call may try it again. */
  untilMs: number
  changedAtMs: number
  strikes: number
  suspectedAtMs: number
  isProbed: boolean
}

export function newCredentialVitals(providerId: string, organizationId: string): CredentialVitals {
  return {
    providerId,
    organizationId,
    state: 'ok',
    reason: null,
    untilMs: 0,
    changedAtMs: 0,
    strikes: 0,
    suspectedAtMs: Number.NEGATIVE_INFINITY,
    isProbed: false,
  }
}

/** Draws the conclusion from an answer; true when the state is another one now. */
export function learnOfCredential(vitals: CredentialVitals, lesson: Lesson | null, nowMs: number): boolean {
  if (lesson === null || lesson.fault === 'request' || lesson.fault === 'context' || lesson.fault === 'content') {
    vitals.suspectedAtMs = Number.NEGATIVE_INFINITY
    if (vitals.state === 'ok') return false
    Object.assign(vitals, { state: 'ok', reason: null, untilMs: 0, changedAtMs: nowMs, strikes: 0 })
    return true
  }
  if (lesson.fault === 'credit') return rest(vitals, 'out_of_credit', lesson, nowMs)
  if (lesson.fault !== 'account') return false
  const isSure = vitals.state === 'refused' || nowMs - vitals.suspectedAtMs < suspectForMs
  vitals.suspectedAtMs = nowMs
  return isSure && rest(vitals, 'refused', lesson, nowMs)
}

function rest(vitals: CredentialVitals, state: 'refused' | 'out_of_credit', lesson: Lesson, nowMs: number): boolean {
  // Calls that were on their way together say it once.
  if (vitals.state === state && nowMs < vitals.untilMs) return false
  const [first, longest] = state === 'refused' ? [refusedMs, longestRefusedMs] : [outOfCreditMs, longestOutOfCreditMs]
  vitals.strikes = vitals.state === state ? vitals.strikes + 1 : 1
  vitals.state = state
  vitals.reason = `status_${lesson.status ?? 0}`
  vitals.untilMs = nowMs + Math.min(longest, first * 2 ** (vitals.strikes - 1))
  vitals.changedAtMs = nowMs
  return true
}
