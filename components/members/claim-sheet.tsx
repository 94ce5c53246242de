'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { qrOf } from '../ui/qr-of.ts'
import { Time } from '../ui/time.tsx'
import type { ClaimLinksFacts } from './class-facts.ts'

interface ClaimSheetProps {
  organization: string
  rows: ClaimLinksFacts['rows']
  /** When the printer has it, or nobody wants it any more. */
  onDone: () => void
}

/** Around a code, so that it is found: four modules. */
const quietModules = 4

/** A slip for every student, to be cut out: on paper alone, where it takes the place of everything else. */
export function ClaimSheet({ organization, rows, onDone }: ClaimSheetProps) {
  const t = useTranslations('members.import.sheet')
  useEffect(() => {
    window.addEventListener('afterprint', onDone)
    window.print()
    return () => window.removeEventListener('afterprint', onDone)
  }, [onDone])
  return createPortal(
    <div id="print-sheet" className="grid-cols-2">
      {rows.map(({ name, email, url, expiresAt }) => {
        const { sizeModules, path } = qrOf(url)
        const size = sizeModules + 2 * quietModules
        return (
          <section key={email} className="flex items-start gap-3 p-4">
            <svg
              viewBox={`${-quietModules} ${-quietModules} ${size} ${size}`}
              shapeRendering="crispEdges"
              aria-hidden="true"
              className="size-32 shrink-0"
            >
              <path d={path} fill="currentColor" />
            </svg>
            <div className="grid min-w-0 gap-1 text-xs">
              <p className="font-semibold text-sm">{name}</p>
              <p className="break-all">{email}</p>
              <p>{t('what', { organization })}</p>
              <p>
                {t('until')} <Time at={expiresAt} format="date" />
              </p>
              <p className="break-all font-mono text-[0.5625rem] leading-tight">{url}</p>
            </div>
          </section>
        )
      })}
    </div>,
    document.body,
  )
}
