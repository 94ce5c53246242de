'use client'

import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import type { PriceDraft, PriceField } from './price-draft.ts'

interface PriceFieldsProps {
  draft: PriceDraft
  /** Fields to mark. */
  wrong: readonly PriceField[]
  onChange: (draft: PriceDraft) => void
}

const main: readonly PriceField[] = ['input', 'output', 'cacheRead']
const more: readonly PriceField[] = ['cacheWrite', 'reasoning', 'perRequest']

/** What is left empty costs as much as the class that it is part of. */
const standIn = { cacheRead: 'asInput', cacheWrite: 'asInput', reasoning: 'asOutput', perRequest: 'none' } as const

export function PriceFields({ draft, wrong, onChange }: PriceFieldsProps) {
  const t = useTranslations('models')
  const fields = (names: readonly PriceField[]) => (
    <div className="grid items-start gap-4 sm:grid-cols-3">
      {names.map((name) => (
        <Field
          key={name}
          label={t(`rates.${name}`)}
          required={name === 'input' || name === 'output'}
          error={wrong.includes(name) ? t('form.errors.amount') : undefined}
        >
          <Input
            inputMode="decimal"
            prefix="$"
            suffix={name === 'perRequest' ? undefined : t('rates.unit')}
            placeholder={name in standIn ? t(`rates.${standIn[name as keyof typeof standIn]}`) : undefined}
            value={draft[name]}
            onChange={(event) => onChange({ ...draft, [name]: event.target.value })}
            className={name === 'perRequest' ? undefined : 'pr-22'}
          />
        </Field>
      ))}
    </div>
  )
  return (
    <div className="grid grid-cols-1 gap-3">
      {fields(main)}
      <details className="group" open={more.some((name) => draft[name] !== '' || wrong.includes(name)) || undefined}>
        <summary className="flex w-fit list-none items-center gap-1 rounded-sm text-muted text-xs hover:text-foreground">
          <ChevronRight aria-hidden="true" className="size-3.5 transition-transform group-open:rotate-90" />
          {t('rates.more')}
        </summary>
        <div className="mt-3">{fields(more)}</div>
      </details>
    </div>
  )
}
