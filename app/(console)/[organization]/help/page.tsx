import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { QuickStarts } from '#components/help/quick-starts.tsx'
import { RefusalList } from '#components/help/refusal-list.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Section } from '#components/ui/section.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { listModels } from '#lib/models/list-models.ts'
import { gatewayBaseUrl } from '../../gateway-base-url.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('help'))('title') }
}

export default async function HelpPage({ params }: { params: Promise<{ organization: string }> }) {
  const [{ organization }, t] = await Promise.all([params, getTranslations('help')])
  const member = await currentMember(organization)
  const [models, baseUrl] = await Promise.all([listModels(member), gatewayBaseUrl()])
  return (
    <div className="grid grid-cols-1 gap-12">
      <PageHeader title={t('title')} description={t('description')} />
      <Section title={t('quickStarts.title')} description={t('quickStarts.description')}>
        <QuickStarts baseUrl={baseUrl} models={models.map(({ name }) => name)} />
      </Section>
      <Section id="refusals" title={t('codes.title')} description={t('codes.description')}>
        <RefusalList helpHref={`/${organization}/help`} />
      </Section>
    </div>
  )
}
