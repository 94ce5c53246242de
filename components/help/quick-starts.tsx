'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { keySnippets } from '../keys/key-snippets.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'

interface QuickStartsProps {
  /** With /v1. */
  baseUrl: string
  models: readonly string[]
}

const secretShape = /^sk-stp-\w{20,}$/

/** First calls in every client. A key that is pasted stays in this component. */
export function QuickStarts({ baseUrl, models }: QuickStartsProps) {
  const t = useTranslations('help.quickStarts')
  const [secret, setSecret] = useState('')
  const [model, setModel] = useState(models[0] ?? 'gpt-4o')
  const known = secretShape.test(secret.trim()) ? secret.trim() : null
  return (
    <div className="grid min-w-0 grid-cols-1 gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('key')} hint={t('keyHint')}>
          <Input
            mono
            type="password"
            placeholder="sk-stp-…"
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        </Field>
        <Field label={t('model')} {...(models.length === 0 && { hint: t('noModels') })}>
          <Select
            value={model}
            onValueChange={setModel}
            options={(models.length ? models : [model]).map((name) => ({ value: name, label: name }))}
          />
        </Field>
      </div>
      <CodeBlock label={t('label')} samples={keySnippets({ baseUrl, model, secret: known, prompt: t('prompt') })} />
    </div>
  )
}
