'use client'

import { useTranslations } from 'next-intl'
import type { ClipboardEvent } from 'react'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import type { ProviderDraft } from './provider-draft.ts'
import { readAwsKeys } from './read-aws-keys.ts'

export const awsKeyParts = ['accessKeyId', 'secretAccessKey', 'sessionToken'] as const

export type AwsKeyPart = (typeof awsKeyParts)[number]

interface AwsKeyFieldsProps {
  draft: Pick<ProviderDraft, AwsKeyPart>
  onChange: (part: Partial<Record<AwsKeyPart, string>>) => void
  errorOf: (part: AwsKeyPart) => string | undefined
  required: boolean
  hint: string
}

/** An access key in its parts. What AWS gives for copying fills them all, in whichever it is pasted. */
export function AwsKeyFields({ draft, onChange, errorOf, required, hint }: AwsKeyFieldsProps) {
  const t = useTranslations('providers.form.awsKey')
  const paste = (event: ClipboardEvent) => {
    const found = readAwsKeys(event.clipboardData.getData('text'))
    if (!found) return
    event.preventDefault()
    onChange({ sessionToken: '', ...found })
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      {awsKeyParts.map((part) => (
        <Field
          key={part}
          label={t(part)}
          hint={part === 'accessKeyId' ? t('paste') : part === 'sessionToken' ? hint : undefined}
          required={required && part !== 'sessionToken'}
          optional={part === 'sessionToken'}
          error={errorOf(part)}
        >
          <Input
            value={draft[part]}
            onChange={(event) => onChange({ [part]: event.target.value })}
            onPaste={paste}
            mono
            type={part === 'accessKeyId' ? 'text' : 'password'}
            autoComplete={part === 'accessKeyId' ? 'off' : 'new-password'}
            autoCapitalize="none"
            spellCheck={false}
            data-1p-ignore
            data-lpignore="true"
            placeholder={part === 'accessKeyId' ? 'AKIA…' : undefined}
          />
        </Field>
      ))}
    </div>
  )
}
