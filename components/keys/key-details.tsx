import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { hasRates } from '../limits/has-rates.ts'
import { RateList } from '../limits/rate-list.tsx'
import { Badge } from '../ui/badge.tsx'
import { type Fact, Facts } from '../ui/facts.tsx'
import { Time } from '../ui/time.tsx'
import type { KeyFacts } from './key-facts.ts'

interface KeyDetailsProps {
  facts: KeyFacts
  projectHref: string
}

/** All that was said when the key was made, and what became of it. */
export function KeyDetails({ facts: key, projectHref }: KeyDetailsProps) {
  const t = useTranslations('keys.detail')
  const tModels = useTranslations('console.models')
  const tKeys = useTranslations('keys')
  const format = useFormatter()
  const optional = (isThere: boolean, label: string, value: Fact['value']): Fact[] =>
    isThere ? [{ label, value }] : []
  return (
    <Facts
      facts={[
        {
          label: t('owner'),
          value: key.owner ? (
            <>
              {key.owner.name} <span className="text-muted">{key.owner.email}</span>
            </>
          ) : (
            <span className="text-muted">{tKeys('nobody')}</span>
          ),
        },
        {
          label: t('project'),
          value: (
            <Link href={projectHref} className="rounded-sm underline-offset-4 hover:underline">
              {key.project.name}
            </Link>
          ),
        },
        { label: t('models'), value: key.models === null ? tModels('all') : key.models.join(', ') || tModels('none') },
        { label: t('secret'), value: <code className="font-mono">sk-stp-…{key.hint}</code> },
        ...optional(
          key.previousSecretUntil !== null,
          t('oldSecret'),
          t.rich('oldSecretUntil', { when: () => <Time at={key.previousSecretUntil} format="datetime" /> }),
        ),
        { label: t('created'), value: <Time at={key.createdAt} format="datetime" /> },
        {
          label: t('expires'),
          value: key.expiresAt ? <Time at={key.expiresAt} format="datetime" /> : t('never'),
        },
        { label: t('lastUsed'), value: <Time at={key.lastUsedAt} /> },
        ...optional(hasRates(key.rates), t('rates'), <RateList rates={key.rates} />),
        ...optional(
          key.maxOutputTokens !== null,
          t('maxOutputTokens'),
          t('maxOutputTokensValue', { count: format.number(key.maxOutputTokens ?? 0) }),
        ),
        ...optional(
          key.allowedIps.length > 0,
          t('allowedIps'),
          <span className="font-mono">{key.allowedIps.join(', ')}</span>,
        ),
        ...optional(
          key.tags.length > 0,
          t('tags'),
          <span className="flex flex-wrap gap-1">
            {key.tags.map((tag) => (
              <Badge key={tag}>{tag}</Badge>
            ))}
          </span>,
        ),
      ]}
    />
  )
}
