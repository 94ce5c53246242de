'use client'

import { Plus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type Period, periods } from '#lib/core/period.ts'
import { Button } from '../ui/button.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import type { CapDraft } from './cap-draft.ts'

interface CapsFieldProps {
  legend: string
  caps: readonly CapDraft[]
  onChange: (caps: CapDraft[]) => void
  /** What holds, in one sentence; another one when there is no cap. */
  hint: string
  error?: string
}

/** In what order periods are offered: most limits are monthly. */
const offered: readonly Period[] = ['month', 'week', 'day', 'total']

/** The hard limits of one scope, at most one a period. */
export function CapsField({ legend, caps, onChange, hint, error }: CapsFieldProps) {
  const t = useTranslations('console.budget')
  const free = offered.find((period) => !caps.some((cap) => cap.period === period))
  const change = (index: number, part: Partial<CapDraft>) =>
    onChange(caps.map((cap, place) => (place === index ? { ...cap, ...part } : cap)))
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">{legend}</legend>
      {caps.map((cap, index) => (
        <div key={cap.id} className="flex items-start gap-2">
          <Input
            aria-label={caps.length > 1 ? `${t('amount')}: ${t('limit', { number: index + 1 })}` : t('amount')}
            aria-invalid={error ? true : undefined}
            inputMode="decimal"
            prefix="$"
            value={cap.limitUsd}
            onChange={(event) => change(index, { limitUsd: event.target.value })}
            className="max-w-36"
          />
          <Select
            aria-label={t('periodLabel')}
            value={cap.period}
            onValueChange={(value) => change(index, { period: value as Period })}
            options={periods
              .toSorted((a, b) => offered.indexOf(a) - offered.indexOf(b))
              .map((period) => ({
                value: period,
                label: t(`periods.${period}`),
                disabled: period !== cap.period && caps.some((other) => other.period === period),
              }))}
            className="w-36"
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={t('remove')}
            title={t('remove')}
            onClick={() => onChange(caps.filter((_, place) => place !== index))}
          >
            <X />
          </Button>
        </div>
      ))}
      {free ? (
        <Button
          variant="ghost"
          size="sm"
          className="-ml-2.5 w-fit"
          onClick={() => onChange([...caps, { id: nextId(caps), limitUsd: '', period: free }])}
        >
          <Plus />
          {t(caps.length === 0 ? 'add' : 'addAnother')}
        </Button>
      ) : null}
      {error ? (
        <p role="alert" className="text-danger-text text-xs">
          {error}
        </p>
      ) : null}
      <p className="text-muted text-xs">{hint}</p>
    </fieldset>
  )
}

function nextId(caps: readonly CapDraft[]): number {
  return Math.max(0, ...caps.map((cap) => cap.id)) + 1
}
