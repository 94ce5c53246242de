'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState, useTransition } from 'react'
import { type Period, periods } from '#lib/core/period.ts'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { ClaimLinks } from './claim-links.tsx'
import type { ClaimLinksFacts, ClassDraft, ClassPreviewFacts, ImportClass, PreviewClass } from './class-facts.ts'
import { ClassList } from './class-list.tsx'
import { ClassPreview } from './class-preview.tsx'
import { ClassSteps } from './class-steps.tsx'

interface ClassImportProps {
  projects: readonly { id: string; name: string }[]
  /** Its name. */
  organization: string
  membersHref: string
  preview: PreviewClass
  importAll: ImportClass
}

/** Three steps on one page: what, whether it is right, and the links. */
export function ClassImport({ projects, organization, membersHref, preview, importAll }: ClassImportProps) {
  const t = useTranslations('members.import')
  const period = useTranslations('console.budget.periods')
  const failed = useTranslations('console.failure')
  const top = useRef<HTMLDivElement>(null)
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
    setCapError(false)
    setRefusal(null)
  }
  /** A step begins at its top, for eyes and for screen readers. */
  const goTo = (change: () => void) => {
    setRefusal(null)
    change()
    requestAnimationFrame(() => {
      top.current?.focus({ preventScroll: true })
      top.current?.scrollIntoView({ block: 'start' })
    })
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
      else goTo(() => setSeen(value))
    })
  }
  const go = () =>
    start(async () => {
      const { value, failure } = await importAll(draft)
      if (!failure) return goTo(() => setLinks(value))
      goTo(() => setSeen(null))
      refuse(failure)
    })
  return (
    <div ref={top} tabIndex={-1} className="grid scroll-mt-20 grid-cols-1 gap-6 outline-none">
      <ClassSteps current={links ? 'links' : seen ? 'check' : 'list'} />
      {links ? (
        <ClaimLinks links={links} organization={organization} membersHref={membersHref} />
      ) : seen ? (
        <ClassPreview
          seen={seen}
          csv={draft.csv}
          pending={pending}
          onBack={() => goTo(() => setSeen(null))}
          onImport={go}
        />
      ) : (
        <form onSubmit={check} noValidate className="grid max-w-2xl grid-cols-1 gap-6">
          <ClassList csv={draft.csv} onChange={(csv) => put({ csv })} />
          <div className="grid grid-cols-1 items-start gap-5 sm:grid-cols-3">
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
                prefix="$"
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
            <Button type="submit" variant="primary" pending={pending} disabled={!draft.csv.trim()}>
              {t('check')}
            </Button>
          </div>
        </form>
      )}
    </div>
  )
}
