'use server'

import { redirect } from 'next/navigation'
import type { SetupProblem, SetupState } from '#components/auth/setup-form.tsx'
import { openBrowserSession } from '#lib/auth/open-browser-session.ts'
import { StipendError } from '#lib/core/errors.ts'
import { changeLocale } from '#lib/i18n/change-locale.ts'
import { log } from '#lib/log.ts'
import { completeSetup } from '#lib/setup/complete-setup.ts'
import { setupSchema } from '#lib/setup/setup-schema.ts'
import { setupProblems } from './setup-problems.ts'

export async function submitSetup(_: SetupState, form: FormData): Promise<SetupState> {
  const text = (name: string) => String(form.get(name) ?? '')
  const values = { organization: text('organization'), name: text('name'), email: text('email') }
  const given = { ...values, password: text('password'), locale: text('locale'), timeZone: text('timeZone') }
  const input = setupSchema.safeParse(given)
  if (!input.success) return { values, problems: setupProblems(input.error) }
  const founded = await completeSetup(text('token'), input.data).catch(problemOf)
  if (typeof founded === 'string') {
    return { values, problems: founded === 'timeZone' ? { timeZone: founded } : { form: founded } }
  }
  await openBrowserSession(founded.owner.userId)
  await changeLocale(input.data.locale)
  redirect(`/${founded.slug}`)
}

function problemOf(error: unknown): SetupProblem {
  // Somebody else was faster, or the server has been restarted: the page itself says what to do now.
  if (error instanceof StipendError && (error.code === 'conflict' || error.code === 'forbidden')) redirect('/setup')
  if (error instanceof StipendError && error.param === 'timeZone') return 'timeZone'
  log.error({ err: error }, 'set-up failed')
  return 'failed'
}
