'use client'

import { useTranslations } from 'next-intl'
import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import type { ModelFacts } from './model-facts.ts'

interface DeploymentSelectProps {
  model: ModelFacts
  /** Null: all of them. */
  value: string | null
  onChange: (deploymentId: string | null) => void
}

/** Stands for all deployments; no id can be called so. */
const all = '*'

/** For which deployments a price is; nothing where there is no choice. */
export function DeploymentSelect({ model, value, onChange }: DeploymentSelectProps) {
  const t = useTranslations('models')
  if (model.deployments.length <= 1) return null
  return (
    <Field label={t('price.for')}>
      <Select
        value={value ?? all}
        onValueChange={(id) => onChange(id === all ? null : id)}
        options={[
          { value: all, label: t('detail.allDeployments') },
          ...model.deployments.map(({ id, providerName, upstreamModel }) => ({
            value: id,
            label: `${providerName} · ${upstreamModel}`,
          })),
        ]}
      />
    </Field>
  )
}
