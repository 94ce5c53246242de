'use client'

import { useTranslations } from 'next-intl'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'

/** As typed. */
export interface OrderDraft {
  priority: string
  weight: string
}

interface OrderFieldsProps {
  draft: OrderDraft
  onChange: (draft: OrderDraft) => void
}

export function OrderFields({ draft, onChange }: OrderFieldsProps) {
  const t = useTranslations('models')
  const { priority, weight } = readOrder(draft)
  return (
    <div className="grid grid-cols-2 items-start gap-4">
      <Field
        label={t('deployment.priority')}
        hint={t('deployment.priorityHint')}
        error={priority === null ? t('form.errors.priority') : undefined}
      >
        <Input
          inputMode="numeric"
          value={draft.priority}
          onChange={(event) => onChange({ ...draft, priority: event.target.value })}
        />
      </Field>
      <Field
        label={t('deployment.weight')}
        hint={t('deployment.weightHint')}
        error={weight === null ? t('form.errors.weight') : undefined}
      >
        <Input
          inputMode="numeric"
          value={draft.weight}
          onChange={(event) => onChange({ ...draft, weight: event.target.value })}
        />
      </Field>
    </div>
  )
}

/** Null for what is no number that it may be. */
export function readOrder(draft: OrderDraft): { priority: number | null; weight: number | null } {
  return { priority: readWhole(draft.priority, 0, 2000), weight: readWhole(draft.weight, 1, 1000) }
}

function readWhole(text: string, least: number, most: number): number | null {
  const value = Number(text)
  return /^\d{1,4}$/.test(text.trim()) && value >= least && value <= most ? value : null
}
