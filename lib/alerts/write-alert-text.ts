import { createTranslator } from 'next-intl'
import type { Message } from '../channels/message.ts'
import type { AlertKind } from '../core/alert-kinds.ts'
import { defaultLocale, isLocale } from '../i18n/locales.ts'
import { messages } from '../i18n/messages.ts'
import type { AlertFacts } from './alert-facts.ts'
import { toCents } from './to-cents.ts'

export interface Told {
  kind: AlertKind | 'test'
  facts: AlertFacts
}

export interface Listener {
  name: string
  locale: string
  timeZone: string
}

/** Says an alert in the language and the time zone of the organization. */
export function writeAlertText({ kind, facts }: Told, listener: Listener, link: string | null): Message {
  const locale = isLocale(listener.locale) ? listener.locale : defaultLocale
  const t = createTranslator({ locale, messages: messages[locale], namespace: 'alerts.text' })
  const subject = facts.subject ?? ''
  switch (kind) {
    case 'budget_threshold': {
      const { scope = 'organization', period = 'total', percent = 0, limitUsd = '', spentUsd = '' } = facts
      const isUsedUp = percent >= 100
      return {
        title: isUsedUp
          ? t('budget_threshold.used_up', { subject })
          : t('budget_threshold.title', { percent, subject }),
        lines: [
          t('budget_threshold.amount', { scope, period, subject, spent: toCents(spentUsd), limit: limitUsd }),
          ...(facts.model ? [t('budget_threshold.only_model', { model: facts.model })] : []),
          ...(facts.tag ? [t('budget_threshold.only_tag', { tag: facts.tag })] : []),
          ...(facts.resetsAt
            ? [t('budget_threshold.resets', { time: momentIn(facts.resetsAt, locale, listener.timeZone) })]
            : []),
          ...(isUsedUp ? [t('budget_threshold.stops')] : []),
        ],
        link,
      }
    }
    case 'overrun': {
      const { costUsd = '', reservedUsd = '', requestId = '', paused } = facts
      return {
        title: t('overrun.title', { subject }),
        lines: [
          t('overrun.amount', { subject, cost: costUsd, reserved: reservedUsd }),
          t(paused ? 'overrun.paused' : 'overrun.booked', { request: requestId }),
        ],
        link,
      }
    }
    case 'provider_blocked':
      return {
        title: t('provider_blocked.title', { subject }),
        lines: [t('provider_blocked.reason', { subject, reason: (facts.reason ?? '').replace(/^status_/, 'HTTP ') })],
        link,
      }
    case 'ledger_mismatch':
      return {
        title: t('ledger_mismatch.title'),
        lines: [t('ledger_mismatch.count', { count: facts.mismatches ?? 0 })],
        link,
      }
    case 'spend_anomaly': {
      const { spentUsd = '', usualUsd = '' } = facts
      return {
        title: t('spend_anomaly.title', { subject }),
        lines: [
          t('spend_anomaly.amount', { subject, spent: toCents(spentUsd), usual: toCents(usualUsd) }),
          ...(facts.paused ? [t('spend_anomaly.paused')] : []),
        ],
        link,
      }
    }
    case 'test':
      return { title: t('test.title'), lines: [t('test.line', { subject, organization: listener.name })], link }
  }
}

function momentIn(iso: string, locale: string, timeZone: string): string {
  const format = { timeZone, dateStyle: 'medium', timeStyle: 'short' } as const
  return `${new Intl.DateTimeFormat(locale, format).format(new Date(iso))} (${timeZone})`
}
