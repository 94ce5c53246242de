import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { messagesLayout } from '#app/messages-layout.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { SectionNav } from '#components/ui/section-nav.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'

const SettingsMessages = messagesLayout('settings', 'members')

interface SettingsLayoutProps {
  params: Promise<{ organization: string }>
  children: ReactNode
}

/** Who may change nothing sees what each page says to that, and no way around it. */
export default async function SettingsLayout({ params, children }: SettingsLayoutProps) {
  const { organization } = await params
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'organization.change')) return children
  const t = await getTranslations('settings')
  const at = (path: string) => `/${organization}/settings${path}`
  return (
    <div className="grid grid-cols-1 gap-6 lg:gap-8">
      <PageHeader title={t('title')} description={t('description')} />
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-[11rem_minmax(0,1fr)] lg:gap-14">
        <SectionNav
          label={t('parts')}
          items={[
            { href: at(''), label: t('organization.title') },
            { href: at('/limits'), label: t('rates.title') },
            { href: at('/sign-in'), label: t('secondFactor.title') },
            { href: at('/management-keys'), label: t('keys.title') },
          ]}
        />
        <SettingsMessages>{children}</SettingsMessages>
      </div>
    </div>
  )
}
