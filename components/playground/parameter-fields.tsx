'use client'

import { useTranslations } from 'next-intl'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { Textarea } from '../ui/textarea.tsx'
import { efforts, type Settings } from './draft.ts'
import type { PlaygroundModel } from './playground-facts.ts'

interface ParameterFieldsProps {
  settings: Settings
  onChange: (part: Partial<Settings>) => void
  /** Those side by side. */
  models: readonly PlaygroundModel[]
  problems: ReadonlySet<string>
}

const unset = 'unset'

/** What all models are told alike; who cannot be told is named. */
export function ParameterFields({ settings, onChange, models, problems }: ParameterFieldsProps) {
  const t = useTranslations('playground.settings')
  const without = (takes: (model: PlaygroundModel) => boolean) => {
    const names = models.filter((model) => !takes(model)).map(({ name }) => name)
    return names.length > 0 ? t('notFor', { models: names.join(', ') }) : undefined
  }
  const takesTemperature = models.some((model) => model.takesTemperature)
  const takesEffort = models.some((model) => model.takesEffort)
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_auto]">
      <Field label={t('system')}>
        <Textarea
          rows={2}
          value={settings.system}
          placeholder={t('systemPlaceholder')}
          onChange={(event) => onChange({ system: event.target.value })}
          className="max-h-60 min-h-14"
        />
      </Field>
      <div className="grid grid-cols-2 content-start gap-4 sm:grid-cols-3 lg:w-[30rem]">
        {takesTemperature ? (
          <Field
            label={t('temperature')}
            hint={without((model) => model.takesTemperature)}
            error={problems.has('temperature') ? t('temperatureProblem') : undefined}
          >
            <Input
              inputMode="decimal"
              placeholder={t('default')}
              value={settings.temperature}
              onChange={(event) => onChange({ temperature: event.target.value })}
            />
          </Field>
        ) : null}
        <Field label={t('maxTokens')} error={problems.has('maxTokens') ? t('maxTokensProblem') : undefined}>
          <Input
            inputMode="numeric"
            placeholder={t('default')}
            value={settings.maxTokens}
            onChange={(event) => onChange({ maxTokens: event.target.value })}
          />
        </Field>
        {takesEffort ? (
          <Field label={t('effort')} hint={without((model) => model.takesEffort)}>
            <Select
              value={settings.effort || unset}
              onValueChange={(value) => onChange({ effort: efforts.find((effort) => effort === value) ?? '' })}
              options={[
                { value: unset, label: t('default') },
                ...efforts.map((effort) => ({ value: effort, label: t(`efforts.${effort}`) })),
              ]}
            />
          </Field>
        ) : null}
      </div>
    </div>
  )
}
