import { createTranslator } from 'next-intl'
import { defaultLocale, isLocale } from '../i18n/locales.ts'
import { messages } from '../i18n/messages.ts'
import type { Listener } from './write-alert-text.ts'

/** Why an alert came to somebody who asked for no channel, and where that can be ended. */
export function writeWhyMailed(isOwner: boolean, { locale: wanted, name }: Listener): string {
  const locale = isLocale(wanted) ? wanted : defaultLocale
  const t = createTranslator({ locale, messages: messages[locale], namespace: 'alerts.text.why' })
  return t(isOwner ? 'owner' : 'own', { organization: name })
}
