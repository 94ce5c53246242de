import type { SignOnProblem } from '#components/auth/sign-on-problem.ts'

const refusals = ['unverified', 'domain', 'unknown', 'connect', 'other'] as const

/** What a page is told in `?error=` when the issuer's word did not let somebody in; null: it is about something else. */
export function signOnProblem(error: string | undefined): SignOnProblem | null {
  const refusal = refusals.find((reason) => error === `sso_${reason}`)
  if (refusal) return refusal
  return error !== undefined && /^(OAuth|Callback)/.test(error) ? 'failed' : null
}
