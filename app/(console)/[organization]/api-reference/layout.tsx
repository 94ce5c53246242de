import { Download } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { messagesLayout } from '#app/messages-layout.tsx'
import { ReferenceNav } from '#components/reference/reference-nav.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { publicOrigin } from '../../public-origin.ts'
import { referencePartsOf } from './reference-parts-of.ts'

const ReferenceMessages = messagesLayout('reference')

interface ReferenceLayoutProps {
  params: Promise<{ organization: string }>
  children: ReactNode
}

export default async function ReferenceLayout({ params, children }: ReferenceLayoutProps) {
  const { organization } = await params
  await currentMember(organization)
  const [t, locale, origin] = await Promise.all([getTranslations('reference'), getLocale(), publicOrigin()])
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <a href="/api/v1/openapi.json" className={buttonStyle()}>
            <Download />
            OpenAPI 3.1
          </a>
        }
      />
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-[14rem_minmax(0,1fr)] lg:gap-12">
        <ReferenceMessages>
          <ReferenceNav parts={referencePartsOf(t, organization, locale, origin)} />
        </ReferenceMessages>
        <div className="min-w-0">{children}</div>
      </div>
    </div>
  )
}
