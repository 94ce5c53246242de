'use server'

import { redirect } from 'next/navigation'
import type { SecondStepState } from '#components/auth/second-step-form.tsx'
import { safeNext } from '#lib/auth/safe-next.ts'
import { signInPath } from '#lib/auth/sign-in-path.ts'
import { completeSignIn } from '#lib/two-factor/complete-sign-in.ts'

const minuteMs = 60_000

export async function submitSecondStep(_: SecondStepState, form: FormData): Promise<SecondStepState> {
  const [code, next] = ['code', 'next'].map((name) => String(form.get(name) ?? ''))
  const result = await completeSignIn(code!)
  if (result.outcome === 'signed_in') redirect(safeNext(next))
  if (result.outcome === 'expired') redirect(signInPath(next!))
  return {
    problem:
      result.outcome === 'limited'
        ? { code: 'limited', minutes: Math.ceil(result.retryAfterMs / minuteMs) }
        : { code: 'wrong' },
  }
}
