import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { OwnOrganizations } from '#components/account/own-organizations.tsx'
import { PasswordForm } from '#components/account/password-form.tsx'
import { ProfileForm } from '#components/account/profile-form.tsx'
import { SecondFactors } from '#components/account/second-factors.tsx'
import { SessionsList } from '#components/account/sessions-list.tsx'
import { SignOnButton } from '#components/auth/sign-on-button.tsx'
import { PageTrail } from '#components/shell/page-trail.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PartNav } from '#components/ui/part-nav.tsx'
import { Section } from '#components/ui/section.tsx'
import { Time } from '#components/ui/time.tsx'
import { listOwnSessions } from '#lib/account/list-own-sessions.ts'
import { currentSessionId } from '#lib/auth/current-session-id.ts'
import { listOwnOrganizations } from '#lib/auth/list-own-organizations.ts'
import { isLocale } from '#lib/i18n/locales.ts'
import { findOwnIdentity } from '#lib/oidc/find-own-identity.ts'
import { oidcSettings } from '#lib/oidc/oidc-settings.ts'
import { listSecondFactors } from '#lib/two-factor/list-second-factors.ts'
import { signOnProblem } from '../../../(auth)/sign-in/sign-on-problem.ts'
import { ConsoleShell } from '../../console-shell.tsx'
import { memberOfAccount } from '../choose-member.ts'
import { changePasswordAction } from './change-password-action.ts'
import { changeProfileAction } from './change-profile-action.ts'
import { confirmTotpAction } from './confirm-totp-action.ts'
import { endSessionsAction } from './end-sessions-action.ts'
import { finishPasskeyAction } from './finish-passkey-action.ts'
import { leaveOrganizationAction } from './leave-organization-action.ts'
import { removePasskeyAction } from './remove-passkey-action.ts'
import { removeTotpAction } from './remove-totp-action.ts'
import { renewCodesAction } from './renew-codes-action.ts'
import { startPasskeyAction } from './start-passkey-action.ts'
import { startTotpAction } from './start-totp-action.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') }
}

interface AccountPageProps {
  searchParams: Promise<{ error?: string }>
}

export default async function AccountPage({ searchParams }: AccountPageProps) {
  const member = await memberOfAccount()
  const settings = oidcSettings()
  const problem = signOnProblem((await searchParams).error)
  const [t, tAuth, locale, sessions, here, factors, identity, organizations] = await Promise.all([
    getTranslations('account'),
    getTranslations('auth'),
    getLocale(),
    listOwnSessions(member.userId),
    currentSessionId(),
    listSecondFactors(member.userId),
    findOwnIdentity(member.userId),
    listOwnOrganizations(member.userId),
  ])
  const { name, email, locale: chosen } = member.user
  return (
    <ConsoleShell member={member} place="mine">
      <div className="grid grid-cols-1 gap-6 lg:gap-8">
        <PageTrail crumbs={[{ label: t('title') }]} />
        <PageHeader title={t('title')} description={t('description', { email })} />
        <div className="grid grid-cols-1 gap-8 lg:grid-cols-[11rem_minmax(0,1fr)] lg:gap-14">
          <PartNav
            label={t('parts')}
            parts={[
              { id: 'profile', label: t('profile.title') },
              { id: 'password', label: t('password.title') },
              { id: 'second-factor', label: t('secondFactor.title') },
              ...(settings ? [{ id: 'single-sign-on', label: t('signOn.title') }] : []),
              { id: 'organizations', label: t('organizations.heading') },
              { id: 'sessions', label: t('sessions.title') },
            ]}
          />
          <div className="grid min-w-0 max-w-3xl grid-cols-1 content-start gap-12">
            <Section id="profile" title={t('profile.title')}>
              <ProfileForm
                profile={{ name, locale: isLocale(chosen) ? chosen : locale }}
                change={changeProfileAction}
              />
            </Section>
            <Section id="password" title={t('password.title')} description={t('password.description')}>
              <PasswordForm email={email} change={changePasswordAction} />
            </Section>
            <Section id="second-factor" title={t('secondFactor.title')} description={t('secondFactor.description')}>
              {member.organization.requiresSecondFactor && !member.user.hasSecondFactor ? (
                <Callout tone="warning">{t('secondFactor.wanted', { organization: member.organization.name })}</Callout>
              ) : null}
              <SecondFactors
                facts={{
                  totpSince: factors.totpSince?.toISOString() ?? null,
                  passkeys: factors.passkeys.map(({ id, name: device, createdAt, lastUsedAt }) => ({
                    id,
                    name: device,
                    since: createdAt.toISOString(),
                    lastUsedAt: lastUsedAt?.toISOString() ?? null,
                  })),
                  recoveryCodes: factors.recoveryCodes,
                  proof: proofOf(factors.hasPassword, member.user.hasSecondFactor),
                }}
                actions={{
                  startTotp: startTotpAction,
                  confirmTotp: confirmTotpAction,
                  removeTotp: removeTotpAction,
                  renewCodes: renewCodesAction,
                  startPasskey: startPasskeyAction,
                  finishPasskey: finishPasskeyAction,
                  removePasskey: removePasskeyAction,
                }}
              />
            </Section>
            {settings ? (
              <Section id="single-sign-on" title={t('signOn.title')} description={t('signOn.description')}>
                {problem ? <Callout tone="danger">{tAuth(`signOn.problems.${problem}`)}</Callout> : null}
                {identity ? (
                  <p className="text-sm">
                    {t('signOn.connected', { name: settings.name ?? tAuth('signIn.signOn') })}{' '}
                    <Time at={identity.since.toISOString()} format="date" />
                  </p>
                ) : (
                  <div>
                    <SignOnButton
                      label={t('signOn.connect', { name: settings.name ?? tAuth('signIn.signOn') })}
                      next="/me/account"
                    />
                  </div>
                )}
              </Section>
            ) : null}
            <Section id="organizations" title={t('organizations.heading')} description={t('organizations.hint')}>
              <OwnOrganizations
                organizations={organizations.map(({ slug, name: called, role }) => ({ slug, name: called, role }))}
                leave={leaveOrganizationAction}
              />
            </Section>
            <Section id="sessions" title={t('sessions.title')} description={t('sessions.description')}>
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
        </div>
      </div>
    </ConsoleShell>
  )
}

function proofOf(hasPassword: boolean, hasFactor: boolean): 'password' | 'password_or_code' | 'code' | 'nothing' {
  if (hasPassword) return hasFactor ? 'password_or_code' : 'password'
  return hasFactor ? 'code' : 'nothing'
}
