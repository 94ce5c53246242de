import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { PasswordForm } from '#components/account/password-form.tsx'
import { ProfileForm } from '#components/account/profile-form.tsx'
import { SessionsList } from '#components/account/sessions-list.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Section } from '#components/ui/section.tsx'
import { listOwnSessions } from '#lib/account/list-own-sessions.ts'
import { currentSessionId } from '#lib/auth/current-session-id.ts'
import { isLocale } from '#lib/i18n/locales.ts'
import { ConsoleShell } from '../../console-shell.tsx'
import { chooseMember } from '../choose-member.ts'
import { changePasswordAction } from './change-password-action.ts'
import { changeProfileAction } from './change-profile-action.ts'
import { endSessionsAction } from './end-sessions-action.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') }
}

export default async function AccountPage() {
  const member = await chooseMember(undefined)
  const [t, locale, sessions, here] = await Promise.all([
    getTranslations('account'),
    getLocale(),
    listOwnSessions(member.userId),
    currentSessionId(),
  ])
  const { name, email, locale: chosen } = member.user
  return (
    <ConsoleShell member={member} place="mine">
      <div className="grid max-w-3xl grid-cols-1 gap-10">
        <PageTrail crumbs={[{ label: t('title') }]} />
        <PageHeader title={t('title')} description={t('description', { email })} />
        <Section title={t('profile.title')}>
          <ProfileForm profile={{ name, locale: isLocale(chosen) ? chosen : locale }} change={changeProfileAction} />
        </Section>
        <Section title={t('password.title')} description={t('password.description')}>
          <PasswordForm email={email} change={changePasswordAction} />
        </Section>
        <Section title={t('sessions.title')} description={t('sessions.description')}>
          <SessionsList
            sessions={sessions.map(({ id, userAgent, createdAt }) => ({
              id,
              userAgent,
              since: createdAt.toISOString(),
              isHere: id === here,
            }))}
            end={endSessionsAction}
          />
        </Section>
      </div>
    </ConsoleShell>
  )
}
