import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ApiOperationView } from '#components/reference/api-operation.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Section } from '#components/ui/section.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { gatewayBaseUrl } from '../../gateway-base-url.ts'
import { operationsOf } from './operations-of.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reference'))('title') }
}

export default async function ApiReferencePage({ params }: { params: Promise<{ organization: string }> }) {
  const [{ organization }, t, baseUrl] = await Promise.all([params, getTranslations('reference'), gatewayBaseUrl()])
  await currentMember(organization)
  const groups = operationsOf()
  return (
    <div className="grid grid-cols-1 gap-10">
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
      <nav aria-label={t('contents')} className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {groups.map(({ name }) => (
          <a key={name} href={`#${name}`} className="text-accent-text underline-offset-4 hover:underline">
            {name}
          </a>
        ))}
      </nav>
      {groups.map(({ name, operations }) => (
        <div key={name} id={name} className="scroll-mt-20">
          <Section title={<span className="font-mono">{name}</span>}>
            <div className="border-t">
              {operations.map((operation) => (
                <ApiOperationView key={operation.id} operation={operation} origin={baseUrl.replace(/\/v1$/, '')} />
              ))}
            </div>
          </Section>
        </div>
      ))}
    </div>
  )
}
