'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { isRefusalCode } from '../help/refusal-codes.ts'
import { Money } from '../money.tsx'
import { Callout } from '../ui/callout.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Section } from '../ui/section.tsx'
import { Duration } from './duration.tsx'
import { LogTime } from './log-time.tsx'
import { RequestAttempts } from './request-attempts.tsx'
import { RequestCosts } from './request-costs.tsx'
import type { RequestFacts } from './request-facts.ts'

const explained = [
  'invalid_request_error',
  'insufficient_quota',
  'model_not_allowed',
  'key_paused',
  'key_expired',
  'ip_not_allowed',
  'model_not_found',
  'request_too_large',
  'rate_limit_exceeded',
  'upstream_error',
  'upstream_timeout',
  'unavailable',
  'internal_error',
  'client_gone',
] as const

interface RequestDetailsProps {
  request: RequestFacts
  /** Of the page of its key, for who may see it. */
  keyHref: string | null
  /** Where each refusal is explained. */
  helpHref: string
}

/** All that is known of one request. */
export function RequestDetails({ request, keyHref, helpHref }: RequestDetailsProps) {
  const t = useTranslations('requests')
  const code = explained.find((known) => known === request.errorCode) ?? 'other'
  return (
    <div className="grid grid-cols-1 gap-8">
      {request.errorCode ? (
        <Callout tone={request.status === 499 ? 'warning' : 'danger'} title={request.errorCode}>
          {t(`errors.${code}`)}
          {isRefusalCode(request.errorCode) ? (
            <>
              {' '}
              <Link href={`${helpHref}/${request.errorCode}`} className="underline underline-offset-4">
                {t('detail.help')}
              </Link>
            </>
          ) : null}
        </Callout>
      ) : null}
      <Section title={t('detail.usage')}>
        {request.estimated && request.parts ? <p className="text-warning-text text-xs">{t('estimated')}</p> : null}
        <RequestCosts request={request} />
      </Section>
      <Section title={t('detail.attempts')}>
        <RequestAttempts request={request} />
      </Section>
      <Facts
        facts={[
          { label: t('detail.time'), value: <LogTime at={request.at} format="full" /> },
          { label: t('detail.model'), value: request.model || '—' },
          {
            label: t('detail.key'),
            value: keyHref ? (
              <Link href={keyHref} className="rounded-sm text-accent-text underline-offset-4 hover:underline">
                {request.key.name}
              </Link>
            ) : (
              request.key.name
            ),
          },
          { label: t('detail.project'), value: request.project.name },
          { label: t('detail.member'), value: request.memberName ?? '—' },
          { label: t('detail.provider'), value: request.providerName ?? '—' },
          {
            label: t('detail.dialect'),
            value: request.stream ? t('detail.streamed', { dialect: request.dialect }) : request.dialect,
          },
          { label: t('detail.latency'), value: <Duration ms={request.latencyMs} /> },
          { label: t('detail.firstToken'), value: <Duration ms={request.firstTokenMs} /> },
          { label: t('detail.finish'), value: request.finishReason ?? '—' },
          { label: t('detail.reserved'), value: <Money usd={request.reservedUsd} style="exact" /> },
          { label: t('detail.id'), value: <Id value={request.id} /> },
          ...(request.price ? [{ label: t('detail.priceId'), value: <Id value={request.price.id} /> }] : []),
        ]}
      />
    </div>
  )
}

function Id({ value }: { value: string }) {
  return (
    <span className="flex items-center gap-1">
      <code className="min-w-0 select-all break-all font-mono text-xs">{value}</code>
      <CopyButton value={value} className="-my-1" />
    </span>
  )
}
