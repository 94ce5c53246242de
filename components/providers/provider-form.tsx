'use client'

import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Callout } from '../ui/callout.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { AddressFields } from './address-fields.tsx'
import { ConnectionTest } from './connection-test.tsx'
import { CredentialFields } from './credential-fields.tsx'
import { hostOf } from './host-of.ts'
import type { ConnectionTarget, ProviderActions } from './provider-actions.ts'
import {
  addressProblems,
  credentialFieldOf,
  credentialOf,
  credentialProblems,
  type DraftProblems,
  draftOf,
  inputOf,
  type ProviderDraft,
  plainUrl,
  problemsOf,
  vendorDraftOf,
  withPart,
} from './provider-draft.ts'
import type { ProviderFacts, VendorFacts } from './provider-facts.ts'

interface ProviderFormProps {
  id: string
  /** Null: a new one. */
  provider: ProviderFacts | null
  vendors: readonly VendorFacts[]
  actions: ProviderActions
  onSaved: (saved: SavedProvider) => void
  /** The button that sends it stands outside, in the footer. */
  onPending: (pending: boolean) => void
}

export interface SavedProvider {
  id: string
  name: string
  /** What to call first there, where its owner named it. */
  deployment: string | null
}

export function ProviderForm({ id, provider, vendors, actions, onSaved, onPending }: ProviderFormProps) {
  const t = useTranslations('providers.form')
  const failed = useTranslations('console.failure')
  const [draft, setDraft] = useState(() => draftOf(provider, vendors[0]))
  const [deployment, setDeployment] = useState<string | null>(null)
  const [problems, setProblems] = useState<DraftProblems>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [, start] = useTransition()
  const vendor = vendors.find((candidate) => candidate.id === draft.vendor)
  const change = (part: Partial<ProviderDraft>) => {
    const next = withPart(draft, part, vendor)
    setDraft(next)
    const isMended = (field: string) => next[field as keyof ProviderDraft] !== draft[field as keyof ProviderDraft]
    setProblems(Object.fromEntries(Object.entries(problems).filter(([field]) => !isMended(field))))
    setRefusal(null)
  }
  const errorOf = (field: keyof ProviderDraft) => (problems[field] ? t(`errors.${problems[field]}`) : undefined)
  const inputProps = (field: keyof ProviderDraft) => ({
    value: draft[field],
    onChange: (event: { target: { value: string } }) => change({ [field]: event.target.value }),
  })
  const choose = (vendorId: string) => {
    const next = vendors.find((candidate) => candidate.id === vendorId)
    const isNamedAfterVendor = draft.name.trim() === '' || draft.name === vendor?.label
    setDraft({ ...draft, ...vendorDraftOf(next), ...(isNamedAfterVendor && next ? { name: next.label } : {}) })
    setDeployment(null)
    setProblems({})
    setRefusal(null)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const found = problemsOf(draft, provider, vendor)
    setProblems(found)
    if (Object.keys(found).length > 0) return void showFirst(event.currentTarget)
    const { apiKey, ...input } = inputOf(draft)
    onPending(true)
    start(async () => {
      const { value, failure } = provider
        ? await actions.change(provider.id, apiKey ? { ...input, apiKey } : input)
        : await actions.create({ ...input, apiKey: apiKey ?? '' })
      onPending(false)
      if (failure) refuse(failure)
      else onSaved({ id: value.id, name: input.name, deployment })
    })
  }
  const refuse = (failure: ActionFailure) => {
    const { code, param } = failure
    if (code === 'conflict' && param === 'name') setProblems({ name: 'taken' })
    else if (param === 'name') setProblems({ name: 'name' })
    else if (param === 'baseUrl') {
      // What is wrong is the address as a whole, and here it can be read and mended.
      setDraft({ ...draft, address: 'own' })
      setProblems({ baseUrl: 'address' })
    } else if (param === 'apiKey') setProblems({ [credentialFieldOf(draft)]: credentialRefusal() })
    else if (param === 'vendor') setProblems({ vendor: 'vendor' })
    else setRefusal(failureText(failed, failure))
  }
  const credentialRefusal = () => {
    if (!credentialOf(draft)) return 'keyAgain' as const
    return draft.credentialKind === 'google' ? ('keyFileRefused' as const) : ('keyRefused' as const)
  }
  const credential = (
    <CredentialFields draft={draft} provider={provider} vendor={vendor} onChange={change} errorOf={errorOf} />
  )
  return (
    <form id={id} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
      <Field label={t('vendor')} error={errorOf('vendor')}>
        <Combobox
          label={t('vendor')}
          value={draft.vendor}
          onValueChange={choose}
          options={vendors.map(({ id: value, label, baseUrl }) => ({
            value,
            label,
            ...(baseUrl && { description: hostOf(baseUrl) }),
          }))}
        />
      </Field>
      <Field label={t('name')} hint={t('nameHint')} required error={errorOf('name')}>
        <Input {...inputProps('name')} maxLength={100} />
      </Field>
      {/* A key file says of itself where it belongs. */}
      {vendor?.credential === 'google' ? credential : null}
      <AddressFields
        draft={draft}
        vendor={vendor}
        onChange={change}
        errorOf={errorOf}
        deployment={deployment}
        onDeployment={setDeployment}
      />
      {vendor?.credential === 'google' ? null : credential}
      <ConnectionTest
        test={actions.test}
        target={targetOf(draft, provider, vendor)}
        onMissing={() =>
          setProblems({ ...problems, ...addressProblems(draft, vendor), ...credentialProblems(draft, provider) })
        }
        onRefused={refuse}
      />
      <details className="group grid gap-5">
        <summary className="flex w-fit list-none items-center gap-1 rounded-sm font-medium text-sm hover:text-accent-text">
          <ChevronRight aria-hidden="true" className="size-4 transition-transform group-open:rotate-90" />
          {t('more')}
        </summary>
        <div className="mt-4 grid grid-cols-2 items-start gap-4">
          <Field label={t('priority')} hint={t('priorityHint')} error={errorOf('priority')}>
            <Input {...inputProps('priority')} inputMode="numeric" />
          </Field>
          <Field label={t('weight')} hint={t('weightHint')} error={errorOf('weight')}>
            <Input {...inputProps('weight')} inputMode="numeric" />
          </Field>
          <Field label={t('requestsPerMinute')} hint={t('limitHint')} error={errorOf('requestsPerMinute')}>
            <Input {...inputProps('requestsPerMinute')} inputMode="numeric" placeholder={t('noLimit')} />
          </Field>
          <Field label={t('tokensPerMinute')} hint={t('limitHint')} error={errorOf('tokensPerMinute')}>
            <Input {...inputProps('tokensPerMinute')} inputMode="numeric" placeholder={t('noLimit')} />
          </Field>
        </div>
      </details>
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
    </form>
  )
}

/** The first field that is wrong, once it says so; what is folded away is opened for it. */
function showFirst(form: HTMLFormElement): void {
  requestAnimationFrame(() => {
    const wrong = form.querySelector<HTMLElement>('[aria-invalid="true"]')
    wrong?.closest('details')?.setAttribute('open', '')
    wrong?.focus()
  })
}

/** What a test would call: the stored credential only where it belongs. */
function targetOf(
  draft: ProviderDraft,
  provider: ProviderFacts | null,
  vendor: VendorFacts | undefined,
): ConnectionTarget | null {
  const problems = { ...addressProblems(draft, vendor), ...credentialProblems(draft, provider) }
  if (Object.keys(problems).length > 0) return null
  const apiKey = credentialOf(draft)
  if (provider && !apiKey) return { providerId: provider.id }
  return { vendor: draft.vendor, baseUrl: plainUrl(draft.baseUrl), apiKey }
}
