import enAuth from '../../messages/en/auth.json' with { type: 'json' }
import enCommon from '../../messages/en/common.json' with { type: 'json' }
import enShell from '../../messages/en/shell.json' with { type: 'json' }
import enUi from '../../messages/en/ui.json' with { type: 'json' }
import zhAuth from '../../messages/zh-CN/auth.json' with { type: 'json' }
import zhCommon from '../../messages/zh-CN/common.json' with { type: 'json' }
import zhShell from '../../messages/zh-CN/shell.json' with { type: 'json' }
import zhUi from '../../messages/zh-CN/ui.json' with { type: 'json' }
import type { Locale } from './locales.ts'

const en = { auth: enAuth, common: enCommon, shell: enShell, ui: enUi }

/** English names every key; another language that lacks one does not compile. */
export type Messages = typeof en

/** One file per area, its name the first part of the key: `keys.json` is read by `useTranslations('keys')`. */
export const messages: Record<Locale, Messages> = {
  en,
  'zh-CN': { auth: zhAuth, common: zhCommon, shell: zhShell, ui: zhUi },
}
