'use client'

import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { ConnectionTest } from './connection-test.tsx'
import { hostOf } from './host-of.ts'
import { writeAddress } from './place-address.ts'
import { PlaceFields } from './place-fields.tsx'
import type { ConnectionTarget, ProviderActions } from './provider-actions.ts'
import {
  apiKeyProblem,
  credentialProblems,
  type DraftProblems,
  draftOf,
  hasMoved,
  inputOf,
  type ProviderDraft,
  plainUrl,
  problemsOf,
  urlProblem,
} from './provider-draft.ts'
import type { ProviderFacts, VendorFacts } from './provider-facts.ts'

interface ProviderFormProps {
  id: string
  /** Null: a new one. */
  provider: ProviderFacts | null
  vendors: readonly VendorFacts[]
  actions: ProviderActions
  onSaved: (name: string, id: string) => void
  /** The button that sends it stands outside, in the footer. */
  onPending: (pending: boolean) => void
}

export function ProviderForm({ id, provider, vendors, actions, onSaved, onPending }: ProviderFormProps) {
  const t = useTranslations('providers.form')
  const failed = useTranslations('console.failure')
  const [draft, setDraft] = useState(() => draftOf(provider, vendors[0]))
  const [problems, setProblems] = useState<DraftProblems>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [, start] = useTransition()
  const vendor = vendors.find((candidate) => candidate.id === draft.vendor)
  const change = (part: Partial<ProviderDraft>) => {
    setDraft({ ...draft, ...part })
    setProblems(Object.fromEntries(Object.entries(problems).filter(([field]) => !(field in part))))
    setRefusal(null)
  }
  const fieldOf = (field: keyof ProviderDraft) => ({
    error: problems[field] ? t(`errors.${problems[field]}`) : undefined,
  })
  const inputProps = (field: keyof ProviderDraft) => ({
    value: draft[field],
    onChange: (event: { target: { value: string } }) => change({ [field]: event.target.value }),
  })
  const choose = (vendorId: string) => {
    const next = vendors.find((candidate) => candidate.id === vendorId)
    const isNamedAfterVendor = draft.name.trim() === '' || draft.name === vendor?.label
    change({
      vendor: vendorId,
      baseUrl: next?.baseUrl ?? '',
      ...(isNamedAfterVendor && next ? { name: next.label } : {}),
    })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = problemsOf(draft, provider, vendor)
    setProblems(found)
    if (Object.keys(found).length > 0) return
    const { apiKey, ...input } = inputOf(draft)
    onPending(true)
    start(async () => {
      const { value, failure } = provider
        ? await actions.change(provider.id, apiKey ? { ...input, apiKey } : input)
        : await actions.create({ ...input, apiKey: apiKey ?? '' })
      onPending(false)
      if (failure) refuse(failure)
      else onSaved(input.name, value.id)
    })
  }
  const refuse = (failure: ActionFailure) => {
    if (failure.code === 'conflict' && failure.param === 'name') setProblems({ name: 'taken' })
    else if (failure.param === 'name') setProblems({ name: 'name' })
    else if (failure.param === 'baseUrl') setProblems({ baseUrl: 'address' })
    else if (failure.param === 'apiKey')
      setProblems({ apiKey: draft.apiKey.trim() ? credentialProblems[vendor?.credential ?? 'word'] : 'keyAgain' })
    else if (failure.param === 'vendor') setProblems({ vendor: 'vendor' })
    else setRefusal(failureText(failed, failure))
  }
  const moved = provider !== null && hasMoved(draft, provider)
  const place = vendor?.place
  // The address of who fills in no more than is needed.
  const exampleUrl = place
    ? writeAddress(
        place,
        Object.fromEntries(
          place.fields.filter((name) => name !== 'apiVersion').map((name) => [name, t(`place.${name}.example`)]),
        ),
      )
    : t('baseUrlPlaceholder')
  return (
    <form id={id} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
      <Field label={t('vendor')} {...fieldOf('vendor')}>
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
      <Field label={t('name')} hint={t('nameHint')} required {...fieldOf('name')}>
        <Input {...inputProps('name')} maxLength={100} />
      </Field>
      {vendor?.place ? (
        <PlaceFields
          key={vendor.id}
          vendor={vendor}
          baseUrl={draft.baseUrl}
          onBaseUrl={(baseUrl) => change({ baseUrl })}
        />
      ) : null}
      <Field
        label={t('baseUrl')}
        hint={t(vendor?.place ? 'baseUrlMade' : 'baseUrlHint')}
        required
        {...fieldOf('baseUrl')}
      >
        <Input
          {...inputProps('baseUrl')}
          mono
          type="url"
          spellCheck={false}
          autoCapitalize="none"
          placeholder={exampleUrl}
        />
      </Field>
      {vendor?.baseUrl && plainUrl(draft.baseUrl) !== vendor.baseUrl ? (
        <Button
          variant="link"
          size="sm"
          className="-mt-4 w-fit"
          onClick={() => change({ baseUrl: vendor.baseUrl ?? '' })}
        >
          {t('useDefault', { vendor: vendor.label })}
        </Button>
      ) : null}
      <Field
        label={vendor?.credential ? t(`credentialLabel.${vendor.credential}`) : t('apiKey')}
        hint={moved ? undefined : hintOf(provider)}
        required={provider === null || moved}
        {...fieldOf('apiKey')}
      >
        <Input
          {...inputProps('apiKey')}
          mono
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          data-1p-ignore
          data-lpignore="true"
        />
      </Field>
      {moved ? <Callout tone="warning">{t('apiKeyAgain')}</Callout> : null}
      <ConnectionTest
        test={actions.test}
        target={targetOf(draft, provider, vendor)}
        onMissing={() => {
          const { baseUrl, apiKey } = problemsOf(draft, provider, vendor)
          setProblems({ ...problems, ...(baseUrl && { baseUrl }), ...(apiKey && { apiKey }) })
        }}
      />
      <details className="group grid gap-5">
        <summary className="flex w-fit list-none items-center gap-1 rounded-sm font-medium text-sm hover:text-accent-text">
          <ChevronRight aria-hidden="true" className="size-4 transition-transform group-open:rotate-90" />
          {t('more')}
        </summary>
        <div className="mt-4 grid grid-cols-2 items-start gap-4">
          <Field label={t('priority')} hint={t('priorityHint')} {...fieldOf('priority')}>
            <Input {...inputProps('priority')} inputMode="numeric" />
          </Field>
          <Field label={t('weight')} hint={t('weightHint')} {...fieldOf('weight')}>
            <Input {...inputProps('weight')} inputMode="numeric" />
          </Field>
          <Field label={t('requestsPerMinute')} hint={t('limitHint')} {...fieldOf('requestsPerMinute')}>
            <Input {...inputProps('requestsPerMinute')} inputMode="numeric" placeholder={t('noLimit')} />
          </Field>
          <Field label={t('tokensPerMinute')} hint={t('limitHint')} {...fieldOf('tokensPerMinute')}>
            <Input {...inputProps('tokensPerMinute')} inputMode="numeric" placeholder={t('noLimit')} />
          </Field>
        </div>
      </details>
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
    </form>
  )

  function hintOf(stored: ProviderFacts | null): string {
    if (!stored) return vendor?.credential ? t(`credential.${vendor.credential}`) : t('apiKeyHint')
    return stored.credentialHint ? t('apiKeyKept', { hint: stored.credentialHint }) : t('apiKeyKeptShort')
  }
}

/** What a test would call: the stored credential only where it belongs. */
function targetOf(
  draft: ProviderDraft,
  provider: ProviderFacts | null,
  vendor: VendorFacts | undefined,
): ConnectionTarget | null {
  if (urlProblem(draft.baseUrl, vendor) || apiKeyProblem(draft, provider, vendor)) return null
  const apiKey = draft.apiKey.trim()
  if (provider && !apiKey) return { providerId: provider.id }
  return { vendor: draft.vendor, baseUrl: plainUrl(draft.baseUrl), apiKey }
}
