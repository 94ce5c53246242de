'use server'

import { headers } from 'next/headers'
import { after } from 'next/server'
import type { ResetRequestState } from '#components/auth/reset-request-form.tsx'
import { remoteAddress } from '#lib/auth/remote-address.ts'
import { log } from '#lib/log.ts'
import { canResetByMail } from '#lib/password-resets/can-reset-by-mail.ts'
import { requestPasswordReset } from '#lib/password-resets/request-password-reset.ts'

const minuteMs = 60_000

export async function requestReset(_: ResetRequestState, form: FormData): Promise<ResetRequestState> {
  const email = String(form.get('email') ?? '').trim()
  if (!canResetByMail()) return { step: 'ask', email, problem: null }
  const request = await requestPasswordReset(email, remoteAddress(await headers()))
  if (request.outcome === 'limited') {
    return { step: 'ask', email, problem: { code: 'limited', minutes: Math.ceil(request.retryAfterMs / minuteMs) } }
  }
  if (request.outcome === 'invalid') return { step: 'ask', email, problem: { code: 'invalid' } }
  after(() =>
    request
      .send()
      .catch((error: unknown) => log.error({ err: error }, 'a link for a new password could not be mailed')),
  )
  return { step: 'sent', email, problem: null }
}
