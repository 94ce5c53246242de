'use client'

import { HandCoins, RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { isRefusalCode, mayRetry, refusalCodes } from '../help/refusal-codes.ts'
import { Button } from '../ui/button.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { Callout } from '../ui/callout.tsx'
import type { Refusal } from './turn.ts'

interface RefusalNoteProps {
  refusal: Refusal
  helpHref: string
  /** Where the holder of a key asks for more. */
  mineHref: string
  /** Null where it can no longer be asked. */
  onRetry: (() => void) | null
}

/** A refusal in words, and the way to what can be done about it. A limit that holds is a warning; what broke is worse. */
export function RefusalNote({ refusal: { status, code, message }, helpHref, mineHref, onRetry }: RefusalNoteProps) {
  const t = useTranslations('playground.refusal')
  const tHelp = useTranslations('help.code')
  const again = onRetry ? (
    <Button size="sm" onClick={onRetry}>
      <RotateCw />
      {t('again')}
    </Button>
  ) : null
  if (status === null && message === null) {
    return (
      <Callout tone="danger" title={t('unreachable')}>
        <div className="grid gap-2">
          <p>{t('unreachableWhat')}</p>
          {again}
        </div>
      </Callout>
    )
  }
  // Refusals of a vendor come as they are, with codes of its own.
  const known = code !== null && isRefusalCode(code) ? code : null
  const isBroken = known === null || refusalCodes[known] >= 500
  return (
    <Callout
      role="alert"
      tone={isBroken ? 'danger' : 'warning'}
      title={
        known ? tHelp(`${known}.title`) : t('byVendor', { status: status === null ? (code ?? '') : String(status) })
      }
    >
      <div className="grid gap-2">
        {message ? <p className="break-words">{message}</p> : null}
        <p className="font-mono text-xs">{[status, code].filter((part) => part !== null).join(' ')}</p>
        <div className="flex flex-wrap items-center gap-2">
          {known === 'insufficient_quota' ? (
            <ButtonLink size="sm" href={mineHref}>
              <HandCoins />
              {t('ask')}
            </ButtonLink>
          ) : null}
          {known === null || mayRetry(known) ? again : null}
          <ButtonLink size="sm" variant="ghost" href={`${helpHref}/${known ?? 'upstream_error'}`}>
            {t('help')}
          </ButtonLink>
        </div>
      </div>
    </Callout>
  )
}
