import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { isRefusalCode, mayRetry, refusalCodes } from '#components/help/refusal-codes.ts'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Section } from '#components/ui/section.tsx'
import { currentMember } from '#lib/auth/current-member.ts'

interface RefusalPageProps {
  params: Promise<{ organization: string; code: string }>
}

export async function generateMetadata({ params }: RefusalPageProps): Promise<Metadata> {
  return { title: (await params).code }
}

export default async function RefusalPage({ params }: RefusalPageProps) {
  const [{ organization, code }, t] = await Promise.all([params, getTranslations('help')])
  await currentMember(organization)
  if (!isRefusalCode(code)) notFound()
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-8">
      <PageHeader
        title={t(`code.${code}.title`)}
        badge={<Badge>{refusalCodes[code]}</Badge>}
        description={<code className="font-mono">{code}</code>}
      />
      <Section title={t('codes.meaning')}>
        <p className="max-w-prose text-sm">{t(`code.${code}.meaning`)}</p>
        <p className="text-muted text-sm">{t(mayRetry(code) ? 'codes.retry' : 'codes.noRetry')}</p>
      </Section>
      <Section title={t('codes.what')}>
        <ol className="grid max-w-prose list-decimal gap-2 pl-5 text-sm marker:text-muted">
          {t(`code.${code}.steps`)
            .split('\n')
            .map((step) => (
              <li key={step}>{step}</li>
            ))}
        </ol>
      </Section>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href={`/${organization}/requests?range=7d&status=${refusalCodes[code]}`}>
          {t('codes.requests')}
        </ButtonLink>
        <ButtonLink variant="ghost" href={`/${organization}/help`}>
          {t('codes.back')}
        </ButtonLink>
      </div>
    </div>
  )
}
