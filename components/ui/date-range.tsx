'use client'

import { useTranslations } from 'next-intl'
import { ParamSwitch } from './param-switch.tsx'
import { defaultRange, ranges } from './ranges.ts'

/** How far back, in the `range` parameter of the URL. The page reads it with `parseRange`. */
export function DateRange({ className }: { className?: string }) {
  const t = useTranslations('ui.range')
  return (
    <ParamSwitch
      param="range"
      label={t('label')}
      fallback={defaultRange}
      options={ranges.map((value) => ({ value, label: t(value) }))}
      className={className}
    />
  )
}
