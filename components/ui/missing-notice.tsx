'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { isMissing, onMissing } from './missing.ts'

/** Says that what was asked for cannot be fetched just now. A part of every page, since nothing else may be had then. */
export function MissingNotice() {
  const t = useTranslations('ui')
  const isShown = useSyncExternalStore(onMissing, isMissing, () => false)
  return isShown ? (
    <p
      role="alert"
      className="fixed inset-x-4 bottom-4 z-50 mx-auto flex w-fit max-w-md items-start gap-2.5 rounded-lg border bg-surface px-3.5 py-3 text-sm shadow-popover"
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger-text" />
      {t('missing')}
    </p>
  ) : null
}
