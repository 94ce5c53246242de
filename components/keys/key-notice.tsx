import { useTranslations } from 'next-intl'
import { Callout } from '../ui/callout.tsx'
import type { KeyFacts } from './key-facts.ts'
import { ownPause } from './own-pause.ts'

/** Why a key cannot be used just now, and what would change that. */
export function KeyNotice({ status, pauseReason }: Pick<KeyFacts, 'status' | 'pauseReason'>) {
  const t = useTranslations('keys.detail')
  const pausedBy = pauseReason?.match(/^Paused by (?:user|management_key):(.+)$/)?.[1]
  const stopped = ownPause(pauseReason)
  switch (status) {
    case 'paused':
      return (
        <Callout tone="warning" title={t('pausedTitle')}>
          {stopped
            ? t(stopped === 'overrun' ? 'pausedForOverrun' : 'pausedForAnomaly')
            : pausedBy
              ? t('pausedBy', { who: pausedBy })
              : (pauseReason ?? t('paused'))}
        </Callout>
      )
    case 'exhausted':
      return (
        <Callout tone="warning" title={t('exhaustedTitle')}>
          {t('exhausted')}
        </Callout>
      )
    case 'expired':
      return (
        <Callout tone="warning" title={t('expiredTitle')}>
          {t('expired')}
        </Callout>
      )
    case 'revoked':
      return (
        <Callout tone="danger" title={t('revokedTitle')}>
          {t('revoked')}
        </Callout>
      )
    case 'active':
      return null
  }
}
