'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { shiftDate } from '#lib/core/shift-date.ts'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'

interface ExpiryFieldProps {
  /** The last day; empty: no end. */
  value: string
  onChange: (value: string) => void
  today: string
  timeZone: string
  error?: string
}

const spans = ['7', '30', '90', '365'] as const
const suggestedDays = 30

/** Never, after so many days, or on a date of one's own. */
export function ExpiryField({ value, onChange, today, timeZone, error }: ExpiryFieldProps) {
  const t = useTranslations('keys.form')
  const [choice, setChoice] = useState(() => (value === '' ? 'never' : 'date'))
  const choose = (next: string) => {
    setChoice(next)
    if (next === 'never') onChange('')
    else if (next === 'date') onChange(value || shiftDate(today, suggestedDays))
    else onChange(shiftDate(today, Number(next)))
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('expires')} error={choice === 'date' ? undefined : error}>
        <Select
          value={choice}
          onValueChange={choose}
          options={(['never', ...spans, 'date'] as const).map((option) => ({
            value: option,
            label: t(`expiries.${option}`),
          }))}
        />
      </Field>
      {choice === 'date' ? (
        <Field label={t('expiresOn')} hint={t('expiresHint', { zone: timeZone })} error={error}>
          <Input type="date" value={value} min={today} onChange={(event) => onChange(event.target.value)} />
        </Field>
      ) : null}
    </div>
  )
}
