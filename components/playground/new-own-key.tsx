'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import { parseUsd } from '#lib/core/money.ts'
import type { ActionFailure, ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'

export interface OwnKeyDraft {
  projectId: string
  /** A month. */
  capUsd: string
}

interface NewOwnKeyProps {
  projects: readonly [{ id: string; name: string }, ...{ id: string; name: string }[]]
  create: (draft: OwnKeyDraft) => Promise<ActionResult<null>>
}

const plainCapUsd = '5'

/** The key that pays here, for somebody who may make one and has none yet. */
export function NewOwnKey({ projects, create }: NewOwnKeyProps) {
  const t = useTranslations('playground.newKey')
  const tFailure = useTranslations('console.failure')
  const router = useRouter()
  const [draft, setDraft] = useState<OwnKeyDraft>({ projectId: projects[0].id, capUsd: plainCapUsd })
  const [failure, setFailure] = useState<ActionFailure | null>(null)
  const [pending, start] = useTransition()
  const isCapWrong = parseUsd(draft.capUsd) === null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isCapWrong) return
    start(async () => {
      const result = await create(draft)
      setFailure(result.failure ?? null)
      if (!result.failure) start(() => router.refresh())
    })
  }
  return (
    <form onSubmit={submit} noValidate className="grid max-w-xl gap-5 py-6">
      <div className="grid gap-1.5">
        <h2 className="font-medium text-base">{t('title')}</h2>
        <p className="text-pretty text-muted text-sm">{t('description')}</p>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('project')}>
          <Select
            value={draft.projectId}
            onValueChange={(projectId) => setDraft({ ...draft, projectId })}
            options={projects.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field label={t('cap')} error={isCapWrong ? t('capProblem') : undefined}>
          <Input
            inputMode="decimal"
            prefix="$"
            value={draft.capUsd}
            onChange={(event) => setDraft({ ...draft, capUsd: event.target.value })}
          />
        </Field>
      </div>
      {failure ? <Callout tone="danger">{failureText(tFailure, failure)}</Callout> : null}
      <Button type="submit" variant="primary" pending={pending} className="w-fit">
        {t('create')}
      </Button>
    </form>
  )
}
