import enAccount from '../../messages/en/account.json' with { type: 'json' }
import enAlerts from '../../messages/en/alerts.json' with { type: 'json' }
import enAudit from '../../messages/en/audit.json' with { type: 'json' }
import enAuth from '../../messages/en/auth.json' with { type: 'json' }
import enBudgets from '../../messages/en/budgets.json' with { type: 'json' }
import enCommon from '../../messages/en/common.json' with { type: 'json' }
import enConsole from '../../messages/en/console.json' with { type: 'json' }
import enHelp from '../../messages/en/help.json' with { type: 'json' }
import enKeys from '../../messages/en/keys.json' with { type: 'json' }
import enMail from '../../messages/en/mail.json' with { type: 'json' }
import enMe from '../../messages/en/me.json' with { type: 'json' }
import enMembers from '../../messages/en/members.json' with { type: 'json' }
import enModels from '../../messages/en/models.json' with { type: 'json' }
import enOverview from '../../messages/en/overview.json' with { type: 'json' }
import enPlayground from '../../messages/en/playground.json' with { type: 'json' }
import enProjects from '../../messages/en/projects.json' with { type: 'json' }
import enProviders from '../../messages/en/providers.json' with { type: 'json' }
import enReference from '../../messages/en/reference.json' with { type: 'json' }
import enRequests from '../../messages/en/requests.json' with { type: 'json' }
import enReRatings from '../../messages/en/reRatings.json' with { type: 'json' }
import enRouting from '../../messages/en/routing.json' with { type: 'json' }
import enSettings from '../../messages/en/settings.json' with { type: 'json' }
import enShell from '../../messages/en/shell.json' with { type: 'json' }
import enUi from '../../messages/en/ui.json' with { type: 'json' }
import enUsage from '../../messages/en/usage.json' with { type: 'json' }
import zhAccount from '../../messages/zh-CN/account.json' with { type: 'json' }
import zhAlerts from '../../messages/zh-CN/alerts.json' with { type: 'json' }
import zhAudit from '../../messages/zh-CN/audit.json' with { type: 'json' }
import zhAuth from '../../messages/zh-CN/auth.json' with { type: 'json' }
import zhBudgets from '../../messages/zh-CN/budgets.json' with { type: 'json' }
import zhCommon from '../../messages/zh-CN/common.json' with { type: 'json' }
import zhConsole from '../../messages/zh-CN/console.json' with { type: 'json' }
import zhHelp from '../../messages/zh-CN/help.json' with { type: 'json' }
import zhKeys from '../../messages/zh-CN/keys.json' with { type: 'json' }
import zhMail from '../../messages/zh-CN/mail.json' with { type: 'json' }
import zhMe from '../../messages/zh-CN/me.json' with { type: 'json' }
import zhMembers from '../../messages/zh-CN/members.json' with { type: 'json' }
import zhModels from '../../messages/zh-CN/models.json' with { type: 'json' }
import zhOverview from '../../messages/zh-CN/overview.json' with { type: 'json' }
import zhPlayground from '../../messages/zh-CN/playground.json' with { type: 'json' }
import zhProjects from '../../messages/zh-CN/projects.json' with { type: 'json' }
import zhProviders from '../../messages/zh-CN/providers.json' with { type: 'json' }
import zhReference from '../../messages/zh-CN/reference.json' with { type: 'json' }
import zhRequests from '../../messages/zh-CN/requests.json' with { type: 'json' }
import zhReRatings from '../../messages/zh-CN/reRatings.json' with { type: 'json' }
import zhRouting from '../../messages/zh-CN/routing.json' with { type: 'json' }
import zhSettings from '../../messages/zh-CN/settings.json' with { type: 'json' }
import zhShell from '../../messages/zh-CN/shell.json' with { type: 'json' }
import zhUi from '../../messages/zh-CN/ui.json' with { type: 'json' }
import zhUsage from '../../messages/zh-CN/usage.json' with { type: 'json' }
import type { Locale } from './locales.ts'

const en = {
  audit: enAudit,
  alerts: enAlerts,
  account: enAccount,
  auth: enAuth,
  budgets: enBudgets,
  common: enCommon,
  console: enConsole,
  help: enHelp,
  keys: enKeys,
  mail: enMail,
  me: enMe,
  members: enMembers,
  models: enModels,
  overview: enOverview,
  playground: enPlayground,
  projects: enProjects,
  providers: enProviders,
  reRatings: enReRatings,
  reference: enReference,
  requests: enRequests,
  routing: enRouting,
  settings: enSettings,
  shell: enShell,
  ui: enUi,
  usage: enUsage,
}

/** English names every key; another language that lacks one does not compile. */
export type Messages = typeof en

/** One file per area, its name the first part of the key: `keys.json` is read by `useTranslations('keys')`. */
export const messages: Record<Locale, Messages> = {
  en,
  'zh-CN': {
    audit: zhAudit,
    alerts: zhAlerts,
    account: zhAccount,
    auth: zhAuth,
    budgets: zhBudgets,
    common: zhCommon,
    console: zhConsole,
    help: zhHelp,
    keys: zhKeys,
    mail: zhMail,
    me: zhMe,
    members: zhMembers,
    models: zhModels,
    overview: zhOverview,
    playground: zhPlayground,
    projects: zhProjects,
    providers: zhProviders,
    reRatings: zhReRatings,
    reference: zhReference,
    requests: zhRequests,
    routing: zhRouting,
    settings: zhSettings,
    shell: zhShell,
    ui: zhUi,
    usage: zhUsage,
  },
}
