'use client'

import { useTranslations } from 'next-intl'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Textarea } from '../ui/textarea.tsx'
import type { KeyDraft } from './key-draft.ts'

interface MoreKeyFieldsProps {
  draft: KeyDraft
  onChange: (part: Partial<KeyDraft>) => void
  errorOf: (field: string) => string | undefined
}

const numbers = [
  ['requestsPerMinute', 'perMinute'],
  ['tokensPerMinute', 'perMinute'],
  ['maxParallel', 'requests'],
  ['maxOutputTokens', 'tokens'],
] as const

/** What most keys do not need: rates, addresses, tags. */
export function MoreKeyFields({ draft, onChange, errorOf }: MoreKeyFieldsProps) {
  const t = useTranslations('keys.form')
  return (
    <div className="grid gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        {numbers.map(([field, unit]) => (
          <Field key={field} label={t(field)} error={errorOf(field)}>
            <Input
              inputMode="numeric"
              value={draft[field]}
              placeholder={t('noRate')}
              suffix={t(unit)}
              onChange={(event) => onChange({ [field]: event.target.value })}
            />
          </Field>
        ))}
      </div>
      <Field label={t('allowedIps')} hint={t('allowedIpsHint')} error={errorOf('allowedIps')}>
        <Textarea mono value={draft.allowedIps} onChange={(event) => onChange({ allowedIps: event.target.value })} />
      </Field>
      <Field label={t('tags')} hint={t('tagsHint')} error={errorOf('tags')}>
        <Input value={draft.tags} onChange={(event) => onChange({ tags: event.target.value })} />
      </Field>
    </div>
  )
}
