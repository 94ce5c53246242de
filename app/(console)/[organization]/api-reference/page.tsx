import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { callSamples } from '#components/reference/call-samples.ts'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Section } from '#components/ui/section.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { gatewayBaseUrl } from '../../gateway-base-url.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reference'))('title') }
}

const refusal = {
  error: { code: 'invalid_request_error', message: 'Write an amount in USD such as 2.50.', param: 'limit_usd' },
}

/** What every call has in common; the calls themselves are a page for each noun. */
export default async function ApiReferencePage({ params }: { params: Promise<{ organization: string }> }) {
  const [{ organization }, t, baseUrl] = await Promise.all([
    params,
    getTranslations('reference.start'),
    gatewayBaseUrl(),
  ])
  const member = await currentMember(organization)
  const apiUrl = baseUrl.replace(/\/v1$/, '/api/v1')
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-10">
      <Section
        title={t('firstTitle')}
        description={t('firstDescription')}
        actions={
          roleMay(member.role, 'organization.change') ? (
            <ButtonLink href={`/${organization}/settings/management-keys`}>{t('makeKey')}</ButtonLink>
          ) : null
        }
      >
        <CodeBlock
          label={t('firstTitle')}
          samples={callSamples({ method: 'GET', url: `${apiUrl}/keys?limit=20`, body: undefined })}
        />
      </Section>
      <Section title={t('modelsTitle')} description={t('modelsDescription')}>
        <p className="text-sm">
          <code className="font-mono text-xs">{baseUrl}</code>{' '}
          <Link href={`/${organization}/help`} className="text-accent-text underline underline-offset-4">
            {t('modelsLink')}
          </Link>
        </p>
      </Section>
      <Section title={t('pagesTitle')} description={t('pagesDescription')}>
        <CodeBlock
          label={t('pagesTitle')}
          samples={[{ label: 'JSON', code: JSON.stringify({ data: ['…'], next_cursor: 'eyJ…' }, null, 2) }]}
        />
      </Section>
      <Section title={t('errorsTitle')} description={t('errorsDescription')}>
        <CodeBlock label={t('errorsTitle')} samples={[{ label: 'JSON', code: JSON.stringify(refusal, null, 2) }]} />
        <p className="text-sm">
          <Link href={`/${organization}/help`} className="text-accent-text underline underline-offset-4">
            {t('errorsLink')}
          </Link>
        </p>
      </Section>
      <Section title={t('moneyTitle')} description={t('moneyDescription')}>
        <CodeBlock
          label={t('moneyTitle')}
          samples={[{ label: 'JSON', code: JSON.stringify({ limit_usd: '20', spent_usd: '4.3105' }, null, 2) }]}
        />
      </Section>
    </div>
  )
}
