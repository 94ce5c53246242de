'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import { type Period, periods } from '#lib/core/period.ts'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { Textarea } from '../ui/textarea.tsx'
import { ClaimLinks } from './claim-links.tsx'
import type { ClaimLinksFacts, ClassDraft, ClassPreviewFacts, ImportClass, PreviewClass } from './class-facts.ts'
import { ClassPreview } from './class-preview.tsx'

interface ClassImportProps {
  projects: readonly { id: string; name: string }[]
  preview: PreviewClass
  importAll: ImportClass
}

const example = 'name,email,cap\nAda Lovelace,ada@example.edu,10\n林清,lin@example.edu,'

/** Three steps on one page: what, whether it is right, and the links. */
export function ClassImport({ projects, preview, importAll }: ClassImportProps) {
  const t = useTranslations('members.import')
  const period = useTranslations('console.budget.periods')
  const failed = useTranslations('console.failure')
  const [draft, setDraft] = useState<ClassDraft>({
    csv: '',
    projectId: projects[0]!.id,
    limitUsd: '5',
    period: 'month',
  })
  const [seen, setSeen] = useState<ClassPreviewFacts | null>(null)
  const [links, setLinks] = useState<ClaimLinksFacts | null>(null)
  const [capError, setCapError] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [pending, start] = useTransition()
  const put = (part: Partial<ClassDraft>) => {
    setDraft({ ...draft, ...part })
    setSeen(null)
    setCapError(false)
    setRefusal(null)
  }
  const refuse = (failure: ActionFailure) => {
    if (failure.param?.startsWith('budgets')) setCapError(true)
    else setRefusal(failure.code === 'conflict' ? t('raced') : failureText(failed, failure))
  }
  const check = (event: FormEvent) => {
    event.preventDefault()
    start(async () => {
      const { value, failure } = await preview(draft)
      if (failure) refuse(failure)
      else setSeen(value)
    })
  }
  const go = () =>
    start(async () => {
      const { value, failure } = await importAll(draft)
      if (failure) refuse(failure)
      else setLinks(value)
    })
  if (links) return <ClaimLinks links={links} />
  return (
    <div className="grid grid-cols-1 gap-8">
      <form onSubmit={check} noValidate className="grid max-w-2xl grid-cols-1 gap-5">
        <Field label={t('csv')} hint={t('csvHint')} required>
          <Textarea
            mono
            rows={8}
            className="max-h-96"
            spellCheck={false}
            placeholder={example}
            value={draft.csv}
            onChange={(event) => put({ csv: event.target.value })}
          />
        </Field>
        <Field label={t('file')}>
          <Input
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={async (event) => {
              const file = event.target.files?.[0]
              if (file) put({ csv: await file.text() })
            }}
          />
        </Field>
        <div className="grid grid-cols-1 gap-5 sm:grid-cols-3">
          <Field label={t('project')}>
            <Select
              value={draft.projectId}
              onValueChange={(projectId) => put({ projectId })}
              options={projects.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Field>
          <Field label={t('cap')} required error={capError ? t('capError') : undefined}>
            <Input
              inputMode="decimal"
              value={draft.limitUsd}
              onChange={(event) => put({ limitUsd: event.target.value })}
            />
          </Field>
          <Field label={t('period')}>
            <Select
              value={draft.period}
              onValueChange={(value) => put({ period: value as Period })}
              options={periods.map((value) => ({ value, label: period(value) }))}
            />
          </Field>
        </div>
        {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
        <div>
          <Button type="submit" variant={seen ? undefined : 'primary'} pending={pending && !seen} disabled={!draft.csv}>
            {t('check')}
          </Button>
        </div>
      </form>
      {seen ? <ClassPreview seen={seen} pending={pending} onImport={go} /> : null}
    </div>
  )
}
