'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState, useTransition } from 'react'
import type { ActionFailure, ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { type RateDraft, rateNames } from '../limits/rate-draft.ts'
import { RateFields } from '../limits/rate-fields.tsx'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { toast } from '../ui/toast.ts'

interface RatesFormProps {
  saved: RateDraft
  change: (rates: Partial<RateDraft>) => Promise<ActionResult<null>>
}

/** The rate limits of all keys of the organization together. */
export function RatesForm({ saved, change }: RatesFormProps) {
  const t = useTranslations('settings')
  const failed = useTranslations('console.failure')
  const form = useRef<HTMLFormElement>(null)
  /** Only what was typed: the rest stays what it is, also when somebody else changes it meanwhile. */
  const [typed, setTyped] = useState<Partial<RateDraft>>({})
  const [failure, setFailure] = useState<ActionFailure | null>(null)
  const [pending, start] = useTransition()
  const isChanged = rateNames.some((name) => (typed[name] ?? saved[name]) !== saved[name])
  const faulty = rateNames.find((name) => name === failure?.param) ?? null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    start(async () => {
      const { failure: refusal } = await change(typed)
      if (refusal) {
        setFailure(refusal)
        requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
        return
      }
      setTyped({})
      toast.success(t('organization.saved'))
    })
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="grid max-w-xl grid-cols-1 gap-5">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <RateFields
          draft={{ ...saved, ...typed }}
          onChange={(part) => {
            setTyped((now) => ({ ...now, ...part }))
            setFailure(null)
          }}
          faulty={faulty}
        />
      </div>
      {failure && faulty === null ? <Callout tone="danger">{failureText(failed, failure)}</Callout> : null}
      <div>
        <Button variant="primary" type="submit" pending={pending} disabled={!isChanged}>
          {t('organization.save')}
        </Button>
      </div>
    </form>
  )
}
