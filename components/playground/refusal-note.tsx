'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { isRefusalCode } from '../help/refusal-codes.ts'
import { Callout } from '../ui/callout.tsx'
import type { Refusal } from './turn.ts'

interface RefusalNoteProps {
  refusal: Refusal
  helpHref: string
  /** Where the holder of a key asks for more. */
  mineHref: string
}

/** A refusal in words, and the way to what can be done about it. */
export function RefusalNote({ refusal: { status, code, message }, helpHref, mineHref }: RefusalNoteProps) {
  const t = useTranslations('playground.refusal')
  const tHelp = useTranslations('help.code')
  const link = 'rounded-sm text-accent-text underline-offset-4 hover:underline'
  if (status === null && message === null) {
    return (
      <Callout tone="danger" title={t('unreachable')}>
        {t('unreachableWhat')}
      </Callout>
    )
  }
  // Refusals of a vendor come as they are, with codes of its own.
  const known = code !== null && isRefusalCode(code) ? code : null
  return (
    <Callout
      tone="danger"
      title={
        known ? tHelp(`${known}.title`) : t('byVendor', { status: status === null ? (code ?? '') : String(status) })
      }
    >
      <div className="grid gap-1.5">
        {message ? <p className="break-words">{message}</p> : null}
        <p className="flex flex-wrap gap-x-4 gap-y-1">
          <Link href={`${helpHref}/${known ?? 'upstream_error'}`} className={link}>
            {t('help')}
          </Link>
          {known === 'insufficient_quota' ? (
            <Link href={mineHref} className={link}>
              {t('ask')}
            </Link>
          ) : null}
        </p>
      </div>
    </Callout>
  )
}
