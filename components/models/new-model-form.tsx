'use client'

import { ChevronRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { emptyPrice, type PriceDraft, type PriceField, priceDraftOf, wrongPriceFields } from '../prices/price-draft.ts'
import { Button } from '../ui/button.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { Callout } from '../ui/callout.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { toast } from '../ui/toast.ts'
import type { CreateModel, LookUpPrice } from './model-actions.ts'
import { isModelName, isTokens } from './model-draft-checks.ts'
import type { ProviderOption } from './model-facts.ts'
import { modelNameOf } from './model-name-of.ts'
import { ModelPriceChoice } from './model-price-choice.tsx'
import { UpstreamModelField } from './upstream-model-field.tsx'
import { useCatalogue } from './use-catalogue.ts'

interface NewModelFormProps {
  providers: readonly ProviderOption[]
  /** Chosen to begin with. */
  initialProviderId: string
  initialUpstreamModel: string
  modelsHref: string
  providersHref: string
  create: CreateModel
  lookUpPrice: LookUpPrice
}

type Problem = 'required' | 'name' | 'taken' | 'tokens' | 'provider'
type Problems = Partial<Record<'providerId' | 'upstreamModel' | 'name' | 'maxOutputTokens' | 'contextTokens', Problem>>

/** Provider and upstream model decide; name and price follow until they are changed by hand. */
export function NewModelForm(props: NewModelFormProps) {
  const { providers, modelsHref, providersHref, create, lookUpPrice } = props
  const t = useTranslations('models')
  const common = useTranslations('common')
  const failed = useTranslations('console.failure')
  const router = useRouter()
  const [pending, start] = useTransition()
  const [providerId, setProviderId] = useState(props.initialProviderId)
  const [upstreamModel, setUpstreamModel] = useState(props.initialUpstreamModel)
  const [ownName, setOwnName] = useState<string | null>(null)
  const [ownPrice, setOwnPrice] = useState<PriceDraft | null>(null)
  const [maxOutputTokens, setMaxOutputTokens] = useState('')
  const [contextTokens, setContextTokens] = useState('')
  const [problems, setProblems] = useState<Problems>({})
  const [wrongPrice, setWrongPrice] = useState<readonly PriceField[]>([])
  const [refusal, setRefusal] = useState<string | null>(null)
  const catalogue = useCatalogue(lookUpPrice, providerId, upstreamModel)
  const name = ownName ?? modelNameOf(upstreamModel)
  const errorOf = (field: keyof Problems) => (problems[field] ? t(`form.errors.${problems[field]}`) : undefined)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found: Problems = {
      ...(!upstreamModel.trim() && { upstreamModel: 'required' as const }),
      ...(!name.trim() ? { name: 'required' as const } : !isModelName(name.trim()) && { name: 'name' as const }),
      ...(!isTokens(maxOutputTokens) && { maxOutputTokens: 'tokens' as const }),
      ...(!isTokens(contextTokens) && { contextTokens: 'tokens' as const }),
    }
    const wrong = ownPrice ? wrongPriceFields(ownPrice) : []
    setProblems(found)
    setWrongPrice(wrong)
    setRefusal(null)
    if (Object.keys(found).length > 0 || wrong.length > 0) return
    const draft = { name: name.trim(), providerId, upstreamModel: upstreamModel.trim(), price: ownPrice }
    start(async () => {
      const { value, failure } = await create({ ...draft, maxOutputTokens, contextTokens })
      if (failure) return refuse(failure)
      toast.success(t('created', { name: draft.name }))
      router.push(`${modelsHref}/${value.id}`)
    })
  }
  const refuse = (failure: ActionFailure) => {
    const { code, param } = failure
    if (code === 'conflict' && param === 'name') setProblems({ name: 'taken' })
    else if (param === 'name') setProblems({ name: 'name' })
    else if (param?.endsWith('providerId')) setProblems({ providerId: 'provider' })
    else if (param === 'maxOutputTokens' || param === 'contextTokens') setProblems({ [param]: 'tokens' })
    else setRefusal(failureText(failed, failure))
  }

  return (
    <form onSubmit={submit} noValidate className="grid grid-cols-1 gap-6">
      <Field label={t('form.provider')} error={errorOf('providerId')}>
        <Select
          value={providerId}
          onValueChange={setProviderId}
          options={providers.map((provider) => ({
            value: provider.id,
            label: provider.name,
            description: provider.vendorLabel,
          }))}
        />
      </Field>
      <UpstreamModelField
        provider={providers.find(({ id }) => id === providerId)}
        providersHref={providersHref}
        value={upstreamModel}
        onChange={setUpstreamModel}
        error={errorOf('upstreamModel')}
      />
      <Field label={t('form.name')} hint={t('form.nameHint')} required error={errorOf('name')}>
        <Input
          mono
          spellCheck={false}
          autoCapitalize="none"
          maxLength={200}
          value={name}
          onChange={(event) => setOwnName(event.target.value)}
        />
      </Field>
      <ModelPriceChoice
        isAsked={upstreamModel.trim() !== ''}
        catalogue={catalogue}
        own={ownPrice}
        wrong={wrongPrice}
        onChange={setOwnPrice}
        onOwn={() => setOwnPrice(catalogue?.price ? priceDraftOf(catalogue.price) : emptyPrice)}
      />
      <details className="group">
        <summary className="flex w-fit list-none items-center gap-1 rounded-sm font-medium text-sm hover:text-accent-text">
          <ChevronRight aria-hidden="true" className="size-4 transition-transform group-open:rotate-90" />
          {t('form.more')}
        </summary>
        <div className="mt-4 grid items-start gap-4 sm:grid-cols-2">
          <Field label={t('form.maxOutput')} hint={t('form.maxOutputHint')} error={errorOf('maxOutputTokens')}>
            <Input
              inputMode="numeric"
              suffix={t('form.tokensSuffix')}
              placeholder={t('form.unknown')}
              value={maxOutputTokens}
              onChange={(event) => setMaxOutputTokens(event.target.value)}
            />
          </Field>
          <Field label={t('form.context')} hint={t('form.contextHint')} error={errorOf('contextTokens')}>
            <Input
              inputMode="numeric"
              suffix={t('form.tokensSuffix')}
              placeholder={
                catalogue?.contextTokens
                  ? t('form.contextFromCatalogue', { tokens: catalogue.contextTokens })
                  : t('form.unknown')
              }
              value={contextTokens}
              onChange={(event) => setContextTokens(event.target.value)}
            />
          </Field>
        </div>
      </details>
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
      <div className="flex gap-2">
        <Button variant="primary" type="submit" pending={pending}>
          {t('form.create')}
        </Button>
        <ButtonLink href={modelsHref}>{common('cancel')}</ButtonLink>
      </div>
    </form>
  )
}
