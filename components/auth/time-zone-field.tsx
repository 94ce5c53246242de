'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState, useSyncExternalStore } from 'react'
import { Combobox } from '../ui/combobox.tsx'
import { Field } from '../ui/field.tsx'

interface TimeZoneFieldProps {
  /** The names that the server knows. */
  timeZones: readonly string[]
  error?: ReactNode
}

const never = () => () => undefined

/** A time zone by name; the browser's until another is chosen. */
export function TimeZoneField({ timeZones, error }: TimeZoneFieldProps) {
  const t = useTranslations('auth.setup')
  const own = useSyncExternalStore(
    never,
    () => ownTimeZone(timeZones),
    () => null,
  )
  const [chosen, setChosen] = useState<string | null>(null)
  return (
    <Field label={t('timeZone')} hint={t('timeZoneHint')} error={error}>
      <Combobox
        label={t('timeZone')}
        name="timeZone"
        options={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        value={chosen ?? own}
        onValueChange={setChosen}
        className="h-10"
      />
    </Field>
  )
}

/** Browsers disagree on names: one says Asia/Kolkata, another Asia/Calcutta. Null if the server knows neither. */
function ownTimeZone(timeZones: readonly string[]): string | null {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (timeZones.includes(own)) return own
  return (
    timeZones.find((zone) => Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone === own) ?? null
  )
}
