'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useState, useTransition } from 'react'
import type { ActionFailure, ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Money } from '../money.tsx'
import { Button } from '../ui/button.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { Callout } from '../ui/callout.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Field } from '../ui/field.tsx'
import { type RadioCard, RadioCards } from '../ui/radio-cards.tsx'
import { Section } from '../ui/section.tsx'
import { toast } from '../ui/toast.ts'

export interface OffboardFacts {
  name: string
  keys: readonly { id: string; name: string; projectName: string; status: string; spentUsd: string }[]
  budgets: readonly { id: string; period: 'total' | 'day' | 'week' | 'month'; limitUsd: string; spentUsd: string }[]
  /** Names of those that the member made. */
  managementKeys: readonly string[]
  mayRevokeManagementKeys: boolean
  /** Names of alert channels that write to the member. */
  channels: readonly string[]
  openAsks: number
  /** Who may take over. */
  heirs: readonly { id: string; name: string; email: string }[]
}

interface OffboardChoices {
  keys: 'pause' | 'transfer' | 'revoke'
  budgets: 'archive' | 'transfer'
  managementKeys: 'revoke' | 'keep'
  heirId: string | null
}

interface OffboardFormProps {
  facts: OffboardFacts
  membersHref: string
  offboard: (choices: OffboardChoices) => Promise<ActionResult<null>>
}

/** What a member leaves behind, and a choice for each kind of it. */
export function OffboardForm({ facts, membersHref, offboard }: OffboardFormProps) {
  const t = useTranslations('members.offboard')
  const tMembers = useTranslations('members')
  const tBudgets = useTranslations('console.budget')
  const failed = useTranslations('console.failure')
  const router = useRouter()
  const [choices, setChoices] = useState<OffboardChoices>({
    keys: 'pause',
    budgets: 'archive',
    managementKeys: facts.mayRevokeManagementKeys ? 'revoke' : 'keep',
    heirId: null,
  })
  const [problem, setProblem] = useState<'heir' | ActionFailure | null>(null)
  const [pending, start] = useTransition()
  const put = (part: Partial<OffboardChoices>) => {
    setChoices({ ...choices, ...part })
    setProblem(null)
  }
  const hands =
    (facts.keys.length > 0 && choices.keys === 'transfer') ||
    (facts.budgets.length > 0 && choices.budgets === 'transfer')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (hands && choices.heirId === null) return setProblem('heir')
    start(async () => {
      const { failure } = await offboard(choices)
      if (failure) return setProblem(failure.param === 'heirId' ? 'heir' : failure)
      toast.success(t('done', { name: facts.name }))
      router.push(membersHref)
    })
  }
  const choice = (name: 'keys' | 'budgets' | 'managementKeys', options: readonly RadioCard[]) => (
    <RadioCards
      aria-label={t(`${name}.choice`)}
      value={choices[name]}
      onValueChange={(value) => put({ [name]: value })}
      options={options}
    />
  )
  const mayTransfer = facts.heirs.length > 0
  const isNothing = facts.keys.length + facts.budgets.length + facts.managementKeys.length === 0
  return (
    <form onSubmit={submit} noValidate className="grid grid-cols-1 gap-10">
      {facts.keys.length > 0 ? (
        <Section title={t('keys.title', { count: facts.keys.length })}>
          <Rows>
            {facts.keys.map(({ id, name, projectName, spentUsd }) => (
              <Row key={id} label={name} hint={projectName}>
                <Money usd={spentUsd} />
              </Row>
            ))}
          </Rows>
          {choice('keys', [
            { value: 'pause', label: t('keys.pause'), description: t('keys.pauseHint') },
            ...(mayTransfer
              ? [{ value: 'transfer', label: t('keys.transfer'), description: t('keys.transferHint') }]
              : []),
            { value: 'revoke', label: t('keys.revoke'), description: t('keys.revokeHint') },
          ])}
        </Section>
      ) : null}
      {facts.budgets.length > 0 ? (
        <Section title={t('budgets.title', { count: facts.budgets.length })}>
          <Rows>
            {facts.budgets.map(({ id, period, limitUsd, spentUsd }) => (
              <Row key={id} label={tBudgets(`periods.${period}`)}>
                <Money usd={spentUsd} /> / <Money usd={limitUsd} />
              </Row>
            ))}
          </Rows>
          {choice('budgets', [
            { value: 'archive', label: t('budgets.archive'), description: t('budgets.archiveHint') },
            ...(mayTransfer
              ? [{ value: 'transfer', label: t('budgets.transfer'), description: t('budgets.transferHint') }]
              : []),
          ])}
        </Section>
      ) : null}
      {facts.managementKeys.length > 0 ? (
        <Section title={t('managementKeys.title', { count: facts.managementKeys.length })}>
          <Rows>
            {facts.managementKeys.map((name) => (
              <Row key={name} label={name} />
            ))}
          </Rows>
          {choice('managementKeys', [
            ...(facts.mayRevokeManagementKeys
              ? [{ value: 'revoke', label: t('managementKeys.revoke'), description: t('managementKeys.revokeHint') }]
              : []),
            { value: 'keep', label: t('managementKeys.keep'), description: t('managementKeys.keepHint') },
          ])}
        </Section>
      ) : null}
      {isNothing ? <p className="text-muted text-sm">{t('nothing', { name: facts.name })}</p> : null}
      {hands ? (
        <Field label={t('heir')} required error={problem === 'heir' ? t('heirMissing') : undefined}>
          <Combobox
            label={t('heir')}
            value={choices.heirId}
            onValueChange={(heirId) => put({ heirId })}
            options={facts.heirs.map(({ id, name, email }) => ({ value: id, label: `${name} · ${email}` }))}
          />
        </Field>
      ) : null}
      {facts.channels.length > 0 ? (
        <Callout tone="warning">{t('channels', { names: facts.channels.join(', ') })}</Callout>
      ) : null}
      {facts.openAsks > 0 ? <Callout>{t('asks', { count: facts.openAsks })}</Callout> : null}
      {problem && problem !== 'heir' ? (
        <Callout tone="danger">
          {problem.code === 'conflict' ? tMembers('lastOwner') : failureText(failed, problem)}
        </Callout>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <ButtonLink href={membersHref}>{t('cancel')}</ButtonLink>
        <Button variant="danger" type="submit" pending={pending}>
          {t('submit', { name: facts.name })}
        </Button>
      </div>
    </form>
  )
}

function Rows({ children }: { children: ReactNode }) {
  return (
    <ul className="grid max-h-72 grid-cols-1 divide-y divide-line overflow-y-auto border-line border-y">{children}</ul>
  )
}

function Row({ label, hint, children }: { label: ReactNode; hint?: ReactNode; children?: ReactNode }) {
  return (
    <li className="flex min-w-0 items-baseline justify-between gap-4 py-2 text-sm">
      <span className="min-w-0 truncate">
        <span className="font-medium">{label}</span>
        {hint ? <span className="text-muted"> · {hint}</span> : null}
      </span>
      <span className="shrink-0 text-muted tabular-nums">{children}</span>
    </li>
  )
}
