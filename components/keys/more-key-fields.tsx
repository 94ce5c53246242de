'use client'

import { useTranslations } from 'next-intl'
import { RateFields } from '../limits/rate-fields.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Textarea } from '../ui/textarea.tsx'
import type { KeyDraft } from './key-draft.ts'

interface MoreKeyFieldsProps {
  draft: KeyDraft
  onChange: (part: Partial<KeyDraft>) => void
  errorOf: (field: string) => string | undefined
  /** The field that the server refused. */
  faulty: string | null
}

/** What most keys do not need: rates, addresses, tags. */
export function MoreKeyFields({ draft, onChange, errorOf, faulty }: MoreKeyFieldsProps) {
  const t = useTranslations('keys.form')
  return (
    <div className="grid gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <RateFields draft={draft} onChange={onChange} faulty={faulty} />
        <Field label={t('maxOutputTokens')} error={errorOf('maxOutputTokens')}>
          <Input
            inputMode="numeric"
            value={draft.maxOutputTokens}
            placeholder={t('noMaxOutput')}
            suffix={t('tokens')}
            onChange={(event) => onChange({ maxOutputTokens: event.target.value })}
          />
        </Field>
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
