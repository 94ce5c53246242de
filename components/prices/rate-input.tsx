'use client'

import { useTranslations } from 'next-intl'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import type { RateName } from './price-draft.ts'

interface RateInputProps {
  name: RateName
  value: string
  isWrong: boolean
  onChange: (value: string) => void
}

/** What is left empty costs as much as the class that it is part of. */
const standIn = { cacheRead: 'asInput', cacheWrite: 'asInput', reasoning: 'asOutput' } as const

export function RateInput({ name, value, isWrong, onChange }: RateInputProps) {
  const t = useTranslations('models')
  const isNeeded = name === 'input' || name === 'output'
  return (
    <Field label={t(`rates.${name}`)} required={isNeeded} error={isWrong ? t('form.errors.amount') : undefined}>
      <Input
        inputMode="decimal"
        prefix="$"
        suffix={t('rates.unit')}
        placeholder={isNeeded ? undefined : t(`rates.${standIn[name]}`)}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="pr-22"
      />
    </Field>
  )
}
