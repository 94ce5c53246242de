'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useRef, useState, useTransition } from 'react'
import { parseUsd } from '#lib/core/money.ts'
import type { ActionFailure, ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { rateNames } from '../limits/rate-draft.ts'
import { Button } from '../ui/button.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { Callout } from '../ui/callout.tsx'
import { cn } from '../ui/cn.ts'
import type { KeyDraft } from './key-draft.ts'
import type { KeyFormOptions } from './key-form-options.ts'
import { KeySentence } from './key-sentence.tsx'
import { MainKeyFields } from './main-key-fields.tsx'
import { MoreKeyFields } from './more-key-fields.tsx'

interface KeyFormProps<T> {
  initial: KeyDraft
  options: KeyFormOptions
  submitLabel: string
  cancelHref: string
  save: (draft: KeyDraft) => Promise<ActionResult<T>>
  onSaved: (value: T) => void
}

const saidHere = ['maxOutputTokens', 'allowedIps', 'tags'] as const

const moreFields = [...rateNames, ...saidHere]

const knownFields = ['name', 'projectId', 'memberEmail', 'models', 'budgets', 'expiresAt', ...saidHere] as const

type KnownField = (typeof knownFields)[number]

/** Makes a key or changes one. What the server refuses is said at the field that it named. */
export function KeyForm<T>({ initial, options, submitLabel, cancelHref, save, onSaved }: KeyFormProps<T>) {
  const t = useTranslations('keys')
  const tCommon = useTranslations('common')
  const tFailure = useTranslations('console.failure')
  const moreId = useId()
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState(initial)
  const [failure, setFailure] = useState<ActionFailure | null>(null)
  const [pending, start] = useTransition()
  const [open, setOpen] = useState(() => moreFields.some((field) => initial[field] !== ''))

  const faulty = knownFields.find((field) => field === failure?.param?.split('.')[0]) ?? null
  const faultyRate = rateNames.find((name) => name === failure?.param) ?? null
  const errorOf = (field: string) => (faulty !== null && field === faulty ? t(`problem.${faulty}`) : undefined)
  const change = (part: Partial<KeyDraft>) => {
    setDraft((now) => ({ ...now, ...part }))
    setFailure(null)
  }
  const refuse = (refusal: ActionFailure) => {
    setFailure(refusal)
    if (moreFields.some((field) => refusal.param?.startsWith(field))) setOpen(true)
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const missing = firstMissing(draft)
    if (missing) return refuse({ code: 'invalid_request_error', param: missing })
    start(async () => {
      const { value, failure: refusal } = await save(draft)
      if (refusal) refuse(refusal)
      else onSaved(value)
    })
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="grid max-w-2xl gap-6">
      <MainKeyFields draft={draft} onChange={change} options={options} errorOf={errorOf} />
      <div className="grid gap-5 border-t pt-4">
        <Button
          variant="ghost"
          aria-expanded={open}
          aria-controls={moreId}
          className="-ml-3 w-fit"
          onClick={() => setOpen(!open)}
        >
          <ChevronDown className={cn('transition-transform', open && 'rotate-180')} />
          {t(open ? 'form.less' : 'form.more')}
        </Button>
        <div id={moreId} hidden={!open}>
          <MoreKeyFields draft={draft} onChange={change} errorOf={errorOf} faulty={faultyRate} />
        </div>
      </div>
      <KeySentence draft={draft} options={options} />
      {failure && faulty === null && faultyRate === null ? (
        <Callout tone="danger">
          {failure.code === 'conflict' ? t('problem.revoked') : failureText(tFailure, failure)}
        </Callout>
      ) : null}
      <div className="flex justify-end gap-2">
        <ButtonLink href={cancelHref}>{tCommon('cancel')}</ButtonLink>
        <Button type="submit" variant="primary" pending={pending}>
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}

/** What need not be asked of the server. */
function firstMissing(draft: KeyDraft): KnownField | null {
  if (draft.name.trim() === '') return 'name'
  if (draft.projectId === '') return 'projectId'
  if (draft.caps.some(({ limitUsd }) => parseUsd(limitUsd) === null)) return 'budgets'
  return null
}
