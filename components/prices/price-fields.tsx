'use client'

import { ChevronRight, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { emptyTier, mostTiers, type PriceDraft, type PriceField, type TierDraft } from './price-draft.ts'
import { RateInput } from './rate-input.tsx'
import { TierFields } from './tier-fields.tsx'

interface PriceFieldsProps {
  draft: PriceDraft
  /** Fields to mark. */
  wrong: readonly PriceField[]
  onChange: (draft: PriceDraft) => void
}

const main = ['input', 'output', 'cacheRead'] as const
const more = ['cacheWrite', 'reasoning'] as const

export function PriceFields({ draft, wrong, onChange }: PriceFieldsProps) {
  const t = useTranslations('models')
  const rate = (name: (typeof main | typeof more)[number]) => (
    <RateInput
      key={name}
      name={name}
      value={draft[name]}
      isWrong={wrong.includes(name)}
      onChange={(value) => onChange({ ...draft, [name]: value })}
    />
  )
  const changeTier = (index: number, tier: TierDraft | null) =>
    onChange({
      ...draft,
      tiers: tier === null ? draft.tiers.toSpliced(index, 1) : draft.tiers.with(index, tier),
    })
  const isOpen = draft.perRequest !== '' || more.some((name) => draft[name] !== '' || wrong.includes(name))
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="grid items-start gap-4 sm:grid-cols-3">{main.map(rate)}</div>
      <details className="group" open={isOpen || undefined}>
        <summary className="flex w-fit list-none items-center gap-1 rounded-sm text-muted text-xs hover:text-foreground">
          <ChevronRight aria-hidden="true" className="size-3.5 transition-transform group-open:rotate-90" />
          {t('rates.more')}
        </summary>
        <div className="mt-3 grid items-start gap-4 sm:grid-cols-3">
          {more.map(rate)}
          <Field
            label={t('rates.perRequest')}
            error={wrong.includes('perRequest') ? t('form.errors.amount') : undefined}
          >
            <Input
              inputMode="decimal"
              prefix="$"
              placeholder={t('rates.none')}
              value={draft.perRequest}
              onChange={(event) => onChange({ ...draft, perRequest: event.target.value })}
            />
          </Field>
        </div>
      </details>
      {draft.tiers.map((tier, index) => (
        <TierFields
          key={index}
          index={index}
          draft={tier}
          wrong={wrong}
          onChange={(changed) => changeTier(index, changed)}
        />
      ))}
      {draft.tiers.length < mostTiers ? (
        <Button
          variant="ghost"
          size="sm"
          className="-ml-2 w-fit"
          onClick={() => onChange({ ...draft, tiers: [...draft.tiers, emptyTier] })}
        >
          <Plus />
          {t('rates.addTier')}
        </Button>
      ) : null}
    </div>
  )
}
