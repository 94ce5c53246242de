'use client'

import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl'

/** "Times in Asia/Shanghai (GMT+8)", beside whatever shows absolute times. */
export function TimeZoneNote() {
  const t = useTranslations('ui.time')
  const locale = useLocale()
  const timeZone = useTimeZone() ?? 'UTC'
  const now = useNow()
  const offset = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'shortOffset' })
    .formatToParts(now)
    .find((part) => part.type === 'timeZoneName')?.value
  const zone = offset && timeZone !== 'UTC' ? `${timeZone} (${offset})` : timeZone
  return <span className="text-faint text-xs">{t('zone', { zone })}</span>
}
