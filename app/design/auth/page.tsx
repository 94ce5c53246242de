import type { Metadata } from 'next'
import { getLocale } from 'next-intl/server'
import { AuthShell } from '#components/shell/auth-shell.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { changeLocale } from '#lib/i18n/change-locale.ts'
import { sampleText } from '../sample-text.ts'

export const metadata: Metadata = { title: 'Design: sign-in' }

async function signIn() {
  'use server'
}

interface DesignAuthPageProps {
  searchParams: Promise<{ error?: string }>
}

export default async function DesignAuthPage({ searchParams }: DesignAuthPageProps) {
  const text = sampleText[await getLocale()]
  const failed = (await searchParams).error !== undefined
  return (
    <AuthShell title={text.signIn} description={text.signInText} footer={text.firstTime} changeLocale={changeLocale}>
      <form action={signIn} className="grid gap-4">
        {failed ? <Callout tone="danger">{text.error}</Callout> : null}
        <Field label={text.email} required>
          <Input type="email" name="email" autoComplete="username" className="h-10" />
        </Field>
        <Field label={text.password} required>
          <Input type="password" name="password" autoComplete="current-password" className="h-10" />
        </Field>
        <SubmitButton size="lg" className="mt-1">
          {text.signIn}
        </SubmitButton>
      </form>
    </AuthShell>
  )
}
