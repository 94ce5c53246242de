'use server'

import { refresh } from 'next/cache'
import type { PasswordState } from '#components/account/password-form.tsx'
import { changePassword } from '#lib/account/change-password.ts'

const minuteMs = 60_000

export async function changePasswordAction(_: PasswordState, form: FormData): Promise<PasswordState> {
  const [current, next] = ['current', 'next'].map((name) => String(form.get(name) ?? ''))
  const result = await changePassword(current!, next!)
  if (result.outcome === 'limited') return { outcome: 'limited', minutes: Math.ceil(result.retryAfterMs / minuteMs) }
  if (result.outcome === 'changed') refresh()
  return { outcome: result.outcome }
}
