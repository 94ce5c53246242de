'use server'

import { redirect } from 'next/navigation'
import type { NewPasswordState } from '#components/auth/new-password-form.tsx'
import { usePasswordReset as takePasswordReset } from '#lib/password-resets/use-password-reset.ts'

export async function submitNewPassword(_: NewPasswordState, form: FormData): Promise<NewPasswordState> {
  const [token, password] = ['token', 'password'].map((name) => String(form.get(name) ?? ''))
  const outcome = await takePasswordReset(token!, password!)
  if (outcome === 'changed') redirect('/sign-in?reset=1')
  // The page says what to do with a link that opens nothing.
  if (outcome === 'gone') redirect(`/reset?token=${encodeURIComponent(token!)}`)
  return { problem: outcome }
}
