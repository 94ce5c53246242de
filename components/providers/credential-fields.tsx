'use client'

import { useTranslations } from 'next-intl'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { AwsKeyFields } from './aws-key-fields.tsx'
import { KeyFileField } from './key-file-field.tsx'
import { type CredentialKind, credentialKindsOf, hasMoved, type ProviderDraft } from './provider-draft.ts'
import type { ProviderFacts, VendorFacts } from './provider-facts.ts'

interface CredentialFieldsProps {
  draft: ProviderDraft
  /** Null: a new one. */
  provider: ProviderFacts | null
  vendor: VendorFacts | undefined
  onChange: (part: Partial<ProviderDraft>) => void
  errorOf: (field: keyof ProviderDraft) => string | undefined
}

/** How Stipend signs in there, in as many fields as that takes. */
export function CredentialFields({ draft, provider, vendor, onChange, errorOf }: CredentialFieldsProps) {
  const t = useTranslations('providers.form')
  const kinds = credentialKindsOf(vendor)
  const moved = provider !== null && hasMoved(draft, provider)
  const required = provider === null || moved
  const hint = provider === null || moved ? t('apiKeyHint') : keptHint(provider)
  return (
    <>
      {kinds.length > 1 ? (
        <Field label={t('credentialKind.label')}>
          <RadioCards
            layout="segmented"
            value={draft.credentialKind}
            onValueChange={(value) => onChange({ credentialKind: value as CredentialKind })}
            options={kinds.map((value) => ({ value, label: t(`credentialKind.${value}`) }))}
          />
        </Field>
      ) : null}
      {draft.credentialKind === 'google' ? (
        <KeyFileField
          value={draft.keyFile}
          onChange={(keyFile) => onChange({ keyFile })}
          required={required}
          hint={required ? t('keyFile.hint') : hint}
          error={errorOf('keyFile')}
        />
      ) : draft.credentialKind === 'aws' ? (
        <AwsKeyFields draft={draft} onChange={onChange} errorOf={errorOf} required={required} hint={hint} />
      ) : (
        <Field label={t('apiKey')} hint={hint} required={required} error={errorOf('apiKey')}>
          <Input
            value={draft.apiKey}
            onChange={(event) => onChange({ apiKey: event.target.value })}
            mono
            type="password"
            autoComplete="new-password"
            spellCheck={false}
            data-1p-ignore
            data-lpignore="true"
          />
        </Field>
      )}
      {moved ? <Callout tone="warning">{t('apiKeyAgain')}</Callout> : null}
    </>
  )

  function keptHint({ credentialHint }: ProviderFacts): string {
    return credentialHint ? t('apiKeyKept', { hint: credentialHint }) : t('apiKeyKeptShort')
  }
}
