'use client'

import { useTranslations } from 'next-intl'
import type { ClipboardEvent } from 'react'
import type { PlaceField } from '#lib/core/address-form.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { cn } from '../ui/cn.ts'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { SuggestInput, type Suggestion } from '../ui/suggest-input.tsx'
import { readAddress, writeAddress } from './place-address.ts'
import { type ProviderDraft, plainUrl } from './provider-draft.ts'
import type { VendorFacts } from './provider-facts.ts'
import { readEndpoint } from './read-endpoint.ts'
import { usualRegions, usualVersions } from './regions.ts'

interface AddressFieldsProps {
  draft: ProviderDraft
  vendor: VendorFacts | undefined
  onChange: (part: Partial<ProviderDraft>) => void
  errorOf: (field: keyof ProviderDraft) => string | undefined
  /** Of Azure: the deployment whose address was pasted. */
  deployment: string | null
  onDeployment: (deployment: string | null) => void
}

/** Where calls go: what people know of their account and the address that it makes, or the address as they write it. */
export function AddressFields({ draft, vendor, onChange, errorOf, deployment, onDeployment }: AddressFieldsProps) {
  const t = useTranslations('providers.form')
  const { place } = vendor ?? {}
  const made = place && draft.address === 'made' ? place : null
  const regions = useTranslations('providers.form.regions')
  const suggestionsOf = (name: PlaceField): Suggestion[] =>
    name === 'apiVersion'
      ? usualVersions.map((value) => ({ value }))
      : (usualRegions[name] ?? []).map((value) => ({ value, description: regions(value) }))
  const paste = (event: ClipboardEvent) => {
    const found = vendor && readEndpoint(vendor, event.clipboardData.getData('text'))
    if (!found) return
    event.preventDefault()
    onDeployment(found.deployment)
    if (found.place) onChange({ ...emptied(), ...found.place })
    else onChange({ address: 'own', baseUrl: found.baseUrl })
  }
  const emptied = () => Object.fromEntries((place?.fields ?? []).map((name) => [name, '']))
  const write = () => onChange({ address: 'own', baseUrl: draft.baseUrl })
  const putTogether = () => onChange({ address: 'made', ...(place && readAddress(place, plainUrl(draft.baseUrl))) })
  return (
    <>
      {made ? (
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          {made.fields.map((name) => (
            <Field
              key={name}
              label={t(`place.${name}.label`)}
              hint={t(`place.${name}.hint`)}
              required={!made.optional?.includes(name)}
              optional={made.optional?.includes(name)}
              error={errorOf(name)}
            >
              <SuggestInput
                value={draft[name]}
                onChange={(value) => onChange({ [name]: value })}
                onPaste={paste}
                suggestions={suggestionsOf(name)}
                listLabel={t(`place.${name}.label`)}
                placeholder={t(`place.${name}.example`)}
              />
            </Field>
          ))}
          <div className="-mt-1 grid grid-cols-1 gap-1 text-xs sm:col-span-2">
            <p className="text-muted">
              {t('sendsTo')}{' '}
              <span className={cn('break-all font-mono', draft.baseUrl ? 'text-foreground' : 'text-faint')}>
                {draft.baseUrl || exampleOf()}
              </span>
            </p>
            <Button variant="link" size="sm" className="w-fit" onClick={write}>
              {t('ownAddress')}
            </Button>
          </div>
        </div>
      ) : (
        <div className="grid grid-cols-1 gap-1.5">
          <Field
            label={t('baseUrl')}
            hint={t(place ? 'baseUrlOwn' : 'baseUrlHint')}
            required
            error={errorOf('baseUrl')}
          >
            <Input
              value={draft.baseUrl}
              onChange={(event) => onChange({ baseUrl: event.target.value })}
              onPaste={paste}
              mono
              type="url"
              spellCheck={false}
              autoCapitalize="none"
              placeholder={place ? exampleOf() : t('baseUrlPlaceholder')}
            />
          </Field>
          {place ? (
            <Button variant="link" size="sm" className="w-fit" onClick={putTogether}>
              {t('madeAddress')}
            </Button>
          ) : vendor?.baseUrl && plainUrl(draft.baseUrl) !== vendor.baseUrl ? (
            <Button
              variant="link"
              size="sm"
              className="w-fit"
              onClick={() => onChange({ baseUrl: vendor.baseUrl ?? '' })}
            >
              {t('useDefault', { vendor: vendor.label })}
            </Button>
          ) : null}
        </div>
      )}
      {deployment ? (
        <Callout tone="positive" title={t('deployment.title', { deployment })}>
          {t('deployment.text')}
        </Callout>
      ) : null}
    </>
  )

  /** The address of who fills in no more than is needed. */
  function exampleOf(): string {
    if (!place) return ''
    const needed = place.fields.filter((name) => !place.optional?.includes(name))
    return writeAddress(
      place,
      Object.fromEntries(needed.map((name) => [name, draft[name].trim() || t(`place.${name}.example`)])),
    )
  }
}
