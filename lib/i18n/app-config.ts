import type { Locale } from './locales.ts'
import type { Messages } from './messages.ts'

/** Makes `useTranslations` and `getTranslations` refuse keys that English does not have. */
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}
