'use server'

import { redirect } from 'next/navigation'
import type { SignInState } from '#components/auth/sign-in-form.tsx'
import { safeNext } from '#lib/auth/safe-next.ts'
import { secondStepPath } from '#lib/auth/second-step-path.ts'
import { signIn } from '#lib/auth/sign-in.ts'

const minuteMs = 60_000

export async function submitSignIn(_: SignInState, form: FormData): Promise<SignInState> {
  const [email, password, next] = ['email', 'password', 'next'].map((name) => String(form.get(name) ?? ''))
  const result = await signIn(email!, password!)
  if (result.outcome === 'signed_in') redirect(safeNext(next))
  if (result.outcome === 'second_step') redirect(secondStepPath(next!))
  return {
    email: email!,
    problem:
      result.outcome === 'limited'
        ? { code: 'limited', minutes: Math.ceil(result.retryAfterMs / minuteMs) }
        : { code: 'wrong' },
  }
}
