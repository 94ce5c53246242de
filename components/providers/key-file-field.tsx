'use client'

import { CircleAlert, CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { type Fact, Facts } from '../ui/facts.tsx'
import { Field } from '../ui/field.tsx'
import { FileDrop } from '../ui/file-drop.tsx'
import { Textarea } from '../ui/textarea.tsx'
import { readKeyFile } from './read-key-file.ts'

interface KeyFileFieldProps {
  value: string
  onChange: (text: string) => void
  required: boolean
  hint: string
  error: string | undefined
}

/** A service account's key file: dropped, chosen or pasted. What it says is shown; its private key is not. */
export function KeyFileField({ value, onChange, required, hint, error }: KeyFileFieldProps) {
  const t = useTranslations('providers.form.keyFile')
  const file = readKeyFile(value)
  const isWhole = value.trim() !== '' && file.fault === null
  const again = useRef<HTMLButtonElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const wasTyping = useRef(false)
  // Whoever pasted stands in a field that is gone: they go on at what stands in its place.
  useEffect(() => {
    if (isWhole && wasTyping.current) again.current?.focus()
    wasTyping.current = false
  }, [isWhole])
  const take = (text: string) => {
    wasTyping.current = frame.current?.contains(document.activeElement) ?? false
    onChange(text)
  }
  if (isWhole) {
    return (
      <div className="grid grid-cols-1 gap-1.5">
        <p className="font-medium text-sm">{t('label')}</p>
        <div className="grid grid-cols-1 gap-2.5 rounded-lg border px-3.5 py-3">
          <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <p role="status" className="flex items-center gap-2 font-medium text-sm">
              <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-positive-text" />
              {t('recognised')}
            </p>
            <Button ref={again} size="sm" onClick={() => onChange('')}>
              {t('other')}
            </Button>
          </div>
          <Facts facts={factsOf()} className="[&>div]:grid-cols-[5rem_minmax(0,1fr)]" />
        </div>
        {error ? (
          <p role="alert" className="flex gap-1.5 text-danger-text text-xs">
            <CircleAlert aria-hidden="true" className="mt-[0.2em] size-3.5 shrink-0" />
            {error}
          </p>
        ) : null}
        <p className="text-muted text-xs">{t('sealed')}</p>
      </div>
    )
  }
  const fault = value.trim() ? file.fault : null
  return (
    <div ref={frame}>
      <FileDrop accept=".json,application/json" onText={take} label={t('choose')} note={t('drop')}>
        <Field
          label={t('label')}
          hint={hint}
          required={required}
          error={fault ? t(`faults.${fault}`, { fields: file.missing.join(', ') }) : error}
        >
          <Textarea
            mono
            rows={4}
            className="max-h-40 text-xs pointer-coarse:text-base"
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="none"
            data-1p-ignore
            data-lpignore="true"
            placeholder={'{\n  "type": "service_account",\n  "project_id": "…",\n  …'}
            value={value}
            onChange={(event) => take(event.target.value)}
          />
        </Field>
      </FileDrop>
    </div>
  )

  function factsOf(): Fact[] {
    const facts: Fact[] = [{ label: t('email'), value: file.email }]
    if (file.project) facts.push({ label: t('project'), value: file.project })
    if (file.keyId) facts.push({ label: t('keyId'), value: <span className="font-mono">…{file.keyId.slice(-4)}</span> })
    return facts
  }
}
