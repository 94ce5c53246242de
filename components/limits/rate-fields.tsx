'use client'

import { useTranslations } from 'next-intl'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { type RateDraft, rateNames } from './rate-draft.ts'

interface RateFieldsProps {
  draft: RateDraft
  onChange: (part: Partial<RateDraft>) => void
  /** What the server refused; may be a field of another part of the form. */
  faulty: string | null
}

/** How fast and how many at once; as the cells of a grid. */
export function RateFields({ draft, onChange, faulty }: RateFieldsProps) {
  const t = useTranslations('ui.rates')
  return rateNames.map((name) => (
    <Field key={name} label={t(name)} error={name === faulty ? t(`wrong.${name}`) : undefined}>
      <Input
        inputMode="numeric"
        value={draft[name]}
        placeholder={t('none')}
        suffix={t(`units.${name}`)}
        onChange={(event) => onChange({ [name]: event.target.value })}
      />
    </Field>
  ))
}
