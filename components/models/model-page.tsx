'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { Callout } from '../ui/callout.tsx'
import { lateDialog } from '../ui/late-dialog.tsx'
import { Section } from '../ui/section.tsx'
import { DeploymentsTable } from './deployments-table.tsx'
import type { ModelActions } from './model-actions.ts'
import type { ModelFacts, ProviderOption } from './model-facts.ts'
import { type PriceVersion, PriceVersions } from './price-versions.tsx'

const DeploymentDialog = lateDialog(async () => (await import('./deployment-dialog.tsx')).DeploymentDialog)
const PriceDialog = lateDialog(async () => (await import('./price-dialog.tsx')).PriceDialog)

interface ModelPageProps {
  model: ModelFacts
  /** The latest start first. */
  versions: readonly PriceVersion[]
  /** What may answer. */
  providers: readonly ProviderOption[]
  providersHref: string
  /** Where the past is charged by another price; null: it may not be looked at. */
  reRateHref: string | null
  /** Null: for reading only. */
  actions: ModelActions | null
  /** "2026-11-24" where the organization is. */
  today: string
}

/** Who answers for one model, and what it has cost and will cost. */
export function ModelPage({ model, versions, providers, providersHref, reRateHref, actions, today }: ModelPageProps) {
  const t = useTranslations('models')
  const [open, setOpen] = useState<'deployment' | 'price' | null>(null)
  const setPrice = (
    <Button size="sm" onClick={() => setOpen('price')}>
      {t('detail.setPrice')}
    </Button>
  )
  return (
    <div className="grid grid-cols-1 gap-12">
      {model.isPriced ? null : (
        <Callout
          tone="warning"
          title={model.deployments.some(({ price }) => price) ? t('unpriced.some') : t('unpriced.one')}
          action={actions ? setPrice : null}
        >
          {t('unpriced.oneDescription')}
        </Callout>
      )}
      <Section
        title={t('detail.deployments')}
        description={t('detail.deploymentsDescription')}
        actions={
          actions ? (
            <Button size="sm" onClick={() => setOpen('deployment')}>
              {t('detail.addDeployment')}
            </Button>
          ) : null
        }
      >
        <DeploymentsTable model={model} actions={actions} />
      </Section>
      <Section
        title={t('detail.prices')}
        description={t('detail.pricesDescription')}
        actions={
          <>
            {reRateHref === null ? null : (
              <ButtonLink size="sm" variant="ghost" href={reRateHref}>
                {t('detail.reRate')}
              </ButtonLink>
            )}
            {actions ? setPrice : null}
          </>
        }
      >
        <PriceVersions versions={versions} deployments={model.deployments} />
      </Section>
      {model.fallbacks.length > 0 ? (
        <Section title={t('detail.fallbacks')} description={t('detail.fallbacksDescription')}>
          <ol className="list-inside list-decimal text-sm">
            {model.fallbacks.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ol>
        </Section>
      ) : null}
      {actions ? (
        <>
          <DeploymentDialog
            isOpen={open === 'deployment'}
            onClose={() => setOpen(null)}
            model={model}
            providers={providers}
            providersHref={providersHref}
            add={actions.addDeployment}
          />
          <PriceDialog
            isOpen={open === 'price'}
            onClose={() => setOpen(null)}
            model={model}
            setPrice={actions.setPrice}
            today={today}
          />
        </>
      ) : null}
    </div>
  )
}
