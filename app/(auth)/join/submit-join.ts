'use server'

import { redirect } from 'next/navigation'
import type { JoinState } from '#components/auth/join-view.tsx'
import { useAccessLink as takeAccessLink } from '#lib/access-links/use-access-link.ts'
import { admitBrowser } from '#lib/auth/admit-browser.ts'
import { findCurrentUser } from '#lib/auth/find-current-user.ts'
import { secondStepPath } from '#lib/auth/second-step-path.ts'

export async function submitJoin(_: JoinState, form: FormData): Promise<JoinState> {
  const [token, password] = ['token', 'password'].map((name) => String(form.get(name) ?? ''))
  const user = await findCurrentUser()
  const result = await takeAccessLink(token!, { password: password || null, signedInUserId: user?.id ?? null })
  if (result.outcome !== 'used') return { problem: result.outcome }
  const path = `/${result.organizationSlug}`
  const admission = user?.id === result.userId ? 'signed_in' : await admitBrowser(result.userId)
  if (!result.key) redirect(admission === 'signed_in' ? path : secondStepPath(path))
  return { problem: null, key: result.key }
}
