'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Callout } from '../ui/callout.tsx'
import { Input } from '../ui/input.tsx'
import type { ConnectionReport as Report } from './provider-actions.ts'

/** From how many models on there is a field to find one. */
const manyModels = 12

/** How a test went: the models that the vendor offers, or what is wrong and what to do about it. */
export function ConnectionReport({ report }: { report: Report }) {
  const t = useTranslations('providers.test')
  const format = useFormatter()
  const latency = format.number(report.latencyMs, { style: 'unit', unit: 'millisecond' })
  if (report.fault) {
    return (
      <Callout tone="danger" title={t(`failed.${report.fault}`)}>
        <p>{t(`failed.${report.fault}Hint`)}</p>
        <p className="mt-1 text-xs tabular-nums">
          {report.status === null
            ? t('failed.noStatus', { latency })
            : t('failed.status', { status: String(report.status), latency })}
        </p>
      </Callout>
    )
  }
  return (
    <div className="grid grid-cols-1 gap-3">
      <Callout tone="positive" title={t('ok', { latency })}>
        {t('found', { count: report.models.length })}
      </Callout>
      {report.models.length > 0 ? <ModelIds ids={report.models} /> : null}
    </div>
  )
}

function ModelIds({ ids }: { ids: readonly string[] }) {
  const t = useTranslations('providers.test')
  const [filter, setFilter] = useState('')
  const shown = ids.filter((id) => id.toLowerCase().includes(filter.trim().toLowerCase()))
  return (
    <div className="grid gap-2">
      {ids.length >= manyModels ? (
        <Input
          aria-label={t('filter')}
          placeholder={t('filter')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      ) : null}
      {shown.length === 0 ? <p className="text-muted text-sm">{t('noMatch')}</p> : null}
      <ul className="quiet-scroll flex max-h-40 flex-wrap gap-1.5 overflow-y-auto">
        {shown.map((id) => (
          <li key={id} className="select-all break-all rounded-sm bg-selected px-1.5 py-0.5 font-mono text-xs">
            {id}
          </li>
        ))}
      </ul>
    </div>
  )
}
