'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Field } from '../ui/field.tsx'
import { SuggestInput } from '../ui/suggest-input.tsx'
import type { ProviderOption } from './model-facts.ts'

interface UpstreamModelFieldProps {
  provider: ProviderOption | undefined
  /** Where the pages of providers are; each tells its models. */
  providersHref: string
  value: string
  onChange: (value: string) => void
  error?: string
}

type Offer = { of: string; ids: string[] | null }

/** A model of the provider: found in what it lists, or any other name. */
export function UpstreamModelField({ provider, providersHref, value, onChange, error }: UpstreamModelFieldProps) {
  const t = useTranslations('models.form')
  const [offer, setOffer] = useState<Offer | null>(null)
  const providerId = provider?.id
  useEffect(() => {
    if (!providerId) return
    const leaving = new AbortController()
    listModels(`${providersHref}/${providerId}/models`, leaving.signal).then((ids) => {
      if (!leaving.signal.aborted) setOffer({ of: providerId, ids })
    })
    return () => leaving.abort()
  }, [providerId, providersHref])
  const known = offer?.of === providerId ? offer : null
  return (
    <Field label={t(provider?.namesDeployments ? 'deployment' : 'upstream')} required error={error} hint={hint()}>
      <SuggestInput
        maxLength={200}
        value={value}
        onChange={onChange}
        suggestions={(known?.ids ?? []).map((id) => ({ value: id }))}
        listLabel={provider ? t('suggestions', { provider: provider.name }) : undefined}
      />
    </Field>
  )

  function hint(): string {
    if (!provider) return t('upstreamHint')
    // What the vendor lists is what could be deployed: the names are the owner's.
    if (provider.namesDeployments) return t('deploymentHint')
    if (!known) return t('upstreamLoading', { provider: provider.name })
    if (known.ids === null) return t('upstreamFailed', { provider: provider.name })
    return t('upstreamFound', { provider: provider.name, count: known.ids.length })
  }
}

/** Null when the vendor, or the way to it, says nothing: any name can still be typed. */
async function listModels(url: string, signal: AbortSignal): Promise<string[] | null> {
  try {
    const answer = await fetch(url, { signal })
    return ((await answer.json()) as { ids: string[] | null }).ids
  } catch {
    return null
  }
}
