'use client'

import { SlidersHorizontal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { displayUsd } from '../display-usd.ts'
import { Button } from '../ui/button.tsx'
import { cn } from '../ui/cn.ts'
import { Field } from '../ui/field.tsx'
import { MultiCombobox } from '../ui/multi-combobox.tsx'
import { Select } from '../ui/select.tsx'
import { mostModels, type Settings } from './draft.ts'
import { ParameterFields } from './parameter-fields.tsx'
import type { PlaygroundKey, PlaygroundModel } from './playground-facts.ts'

interface PlaygroundBarProps {
  keys: readonly PlaygroundKey[]
  keyId: string
  onKey: (id: string) => void
  /** What the key may call. */
  callable: readonly PlaygroundModel[]
  /** Those side by side. */
  models: readonly PlaygroundModel[]
  onModels: (names: string[]) => void
  settings: Settings
  onSettings: (part: Partial<Settings>) => void
  problems: ReadonlySet<string>
  /** While something runs. */
  disabled: boolean
}

/** Who pays, who answers, and what they are told beside the question. */
export function PlaygroundBar({ keys, keyId, models, settings, disabled, ...props }: PlaygroundBarProps) {
  const t = useTranslations('playground')
  const settingsId = useId()
  const [open, setOpen] = useState(false)
  const key = keys.find(({ id }) => id === keyId)
  const names = models.map(({ name }) => name)
  const describe = ({ projectName, leftUsd, status }: PlaygroundKey) =>
    [
      projectName,
      leftUsd === null ? t('key.noCap') : t('key.left', { left: displayUsd(leftUsd) }),
      ...(status === 'active' ? [] : [t(`key.${status}`)]),
    ].join(' · ')
  return (
    <div className="grid grid-cols-1 gap-4 border-b pb-6">
      <div className="grid gap-4 md:grid-cols-[18rem_minmax(0,1fr)]">
        <Field label={t('key.label')} hint={key && describe(key)}>
          <Select
            value={keyId}
            onValueChange={props.onKey}
            disabled={disabled}
            options={keys.map((one) => ({ value: one.id, label: one.name, description: describe(one) }))}
          />
        </Field>
        <Field
          label={t('models.label')}
          hint={names.length >= mostModels ? t('models.most', { count: mostModels }) : t('models.hint')}
          error={props.callable.length === 0 ? t('models.none') : undefined}
        >
          <MultiCombobox
            label={t('models.label')}
            placeholder={t('models.placeholder')}
            value={names}
            onValueChange={props.onModels}
            disabled={disabled || props.callable.length === 0}
            shownCount={mostModels}
            options={props.callable.map(({ name, priced }) => ({
              value: name,
              label: name,
              ...(!priced && { description: t('models.unpriced') }),
            }))}
          />
        </Field>
      </div>
      <Button
        variant="ghost"
        aria-expanded={open}
        aria-controls={settingsId}
        className="-ml-3 w-fit md:hidden"
        onClick={() => setOpen(!open)}
      >
        <SlidersHorizontal />
        {t('settings.title')}
      </Button>
      <div id={settingsId} className={cn(!open && 'max-md:hidden')}>
        <ParameterFields settings={settings} onChange={props.onSettings} models={models} problems={props.problems} />
      </div>
    </div>
  )
}
