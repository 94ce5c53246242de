'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import type { PriceField, RateName, TierDraft } from './price-draft.ts'
import { RateInput } from './rate-input.tsx'

interface TierFieldsProps {
  index: number
  draft: TierDraft
  /** Fields of the whole price. */
  wrong: readonly PriceField[]
  /** Null takes it away. */
  onChange: (draft: TierDraft | null) => void
}

const main: readonly RateName[] = ['input', 'output', 'cacheRead']
const seldom: readonly RateName[] = ['cacheWrite', 'reasoning']

/** What long prompts cost instead, all of their tokens. */
export function TierFields({ index, draft, wrong, onChange }: TierFieldsProps) {
  const t = useTranslations('models')
  const isWrong = (name: keyof TierDraft) => wrong.includes(`tiers.${index}.${name}`)
  // Those that hardly a price has stay out of the way, and never out of sight where one does.
  const shown = [...main, ...seldom.filter((name) => draft[name] !== '' || isWrong(name))]
  return (
    <fieldset className="grid grid-cols-1 gap-3 border-l-2 pl-4">
      <legend className="sr-only">{t('rates.tier', { number: index + 1 })}</legend>
      <div className="flex items-end gap-2">
        <Field
          label={t('rates.aboveLabel')}
          error={isWrong('above') ? t('form.errors.above') : undefined}
          required
          className="max-w-52 flex-1"
        >
          <Input
            inputMode="numeric"
            suffix={t('rates.tokens')}
            value={draft.above}
            onChange={(event) => onChange({ ...draft, above: event.target.value })}
            className="pr-20"
          />
        </Field>
        <Button
          variant="ghost"
          size="icon"
          aria-label={t('rates.removeTier', { number: index + 1 })}
          onClick={() => onChange(null)}
        >
          <X />
        </Button>
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        {shown.map((name) => (
          <RateInput
            key={name}
            name={name}
            value={draft[name]}
            isWrong={isWrong(name)}
            onChange={(value) => onChange({ ...draft, [name]: value })}
          />
        ))}
      </div>
    </fieldset>
  )
}
