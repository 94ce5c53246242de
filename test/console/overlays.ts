import type { Page } from 'playwright-core'
import type { Translate } from './translate.ts'

/** Something that lies over a page once it is asked for. */
export interface Overlay {
  name: string
  route: string
  /** A phone's, where only phones have it. */
  isPhone?: boolean
  /** Who sees it; missing: the owner. */
  who?: 'student'
  open(page: Page, t: Translate): Promise<void>
}

/** Presses a button by the first words of its name. */
const press = (name: (t: Translate) => string) => async (page: Page, t: Translate) => {
  const begin = new RegExp(`^${name(t).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
  await page
    .getByRole('button', { name: begin })
    .or(page.getByRole('menuitem', { name: begin }))
    .or(page.getByRole('combobox', { name: begin }))
    .first()
    .click()
}

/** The menu of the first row, or of the page. */
const menuOf = (page: Page) => page.locator('main button[aria-haspopup=menu]').first().click()

const fromMenu = (item: (t: Translate) => string) => async (page: Page, t: Translate) => {
  await menuOf(page)
  await press(item)(page, t)
}

/** What a button says before the name of what it is for. */
const beginning = (text: string) => text.split('|')[0]!.trim()

const addsProvider = (vendor: string) => async (page: Page, t: Translate) => {
  await press((say) => say('providers.new'))(page, t)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').first().click()
  await page.getByRole('option', { name: vendor, exact: true }).click()
  await page.getByRole('listbox').waitFor({ state: 'detached' })
}

const at = '/[organization]'

export const overlays: readonly Overlay[] = [
  { name: 'palette', route: at, open: (page) => page.keyboard.press('Control+k') },
  {
    name: 'palette-found',
    route: at,
    open: async (page) => {
      await page.keyboard.press('Control+k')
      // What is typed before it is there goes to the page.
      await page.getByRole('dialog').getByRole('combobox').fill('gpt')
      await page.getByRole('option', { name: /gpt/ }).first().waitFor()
    },
  },
  { name: 'shortcuts', route: at, open: (page) => page.keyboard.press('?') },
  { name: 'account', route: at, open: press((t) => t('shell.account')) },
  { name: 'theme', route: at, open: press((t) => t('shell.theme.label')) },
  { name: 'language', route: at, open: press((t) => t('shell.language')) },
  { name: 'navigation', route: at, isPhone: true, open: press((t) => t('shell.openNavigation')) },
  { name: 'menu', route: `${at}/keys`, open: menuOf },
  { name: 'pause', route: `${at}/keys`, open: fromMenu((t) => t('keys.actions.pause')) },
  { name: 'status', route: `${at}/keys`, open: press((t) => t('keys.filters.status')) },
  { name: 'owner', route: `${at}/keys/new`, open: press((t) => t('keys.form.owner')) },
  { name: 'models', route: `${at}/keys/new`, open: press((t) => t('keys.form.models')) },
  { name: 'rotate', route: `${at}/keys/[key]`, open: fromMenu((t) => t('keys.actions.rotate')) },
  { name: 'revoke', route: `${at}/keys/[key]`, open: fromMenu((t) => t('keys.actions.revoke')) },
  {
    name: 'limit',
    route: `${at}/keys/[key]`,
    open: press((t) => beginning(t('budgets.edit.label', { budget: '|' }))),
  },
  { name: 'archive', route: `${at}/projects/[project]`, open: press((t) => t('projects.detail.archive')) },
  { name: 'raise', route: `${at}/budgets`, open: press((t) => beginning(t('budgets.raise.label', { budget: '|' }))) },
  { name: 'group', route: `${at}/usage`, open: press((t) => t('usage.controls.group')) },
  { name: 'range', route: `${at}/usage`, open: press((t) => t('usage.controls.range')) },
  { name: 'save', route: `${at}/usage`, open: press((t) => t('usage.views.save')) },
  { name: 'key', route: `${at}/requests`, open: press((t) => t('requests.filters.key')) },
  { name: 'result', route: `${at}/requests`, open: press((t) => t('requests.filters.status')) },
  {
    name: 'request',
    route: `${at}/requests`,
    open: (page) => page.locator('main [data-row-focus]').first().click(),
  },
  { name: 'new', route: `${at}/budgets`, open: press((t) => t('budgets.new.button')) },
  { name: 'approve', route: `${at}/budgets`, open: press((t) => t('budgets.asks.approve.other')) },
  { name: 'decline', route: `${at}/budgets`, open: press((t) => t('budgets.asks.decline.button')) },
  { name: 'remove', route: `${at}/budgets`, open: fromMenu((t) => t('budgets.remove.menu')) },
  { name: 'price', route: `${at}/models/[model]`, open: press((t) => t('models.detail.setPrice')) },
  { name: 'deployment', route: `${at}/models/[model]`, open: press((t) => t('models.detail.addDeployment')) },
  { name: 'edit', route: `${at}/models/[model]`, open: press((t) => t('models.detail.edit')) },
  { name: 'remove', route: `${at}/models/[model]`, open: press((t) => t('models.detail.remove')) },
  { name: 'order', route: `${at}/models/[model]`, open: fromMenu((t) => t('models.detail.changeOrder')) },
  { name: 'openai', route: `${at}/providers`, open: press((t) => t('providers.new')) },
  { name: 'bedrock', route: `${at}/providers`, open: addsProvider('Amazon Bedrock') },
  { name: 'vertex', route: `${at}/providers`, open: addsProvider('Google Vertex AI') },
  { name: 'azure', route: `${at}/providers`, open: addsProvider('Azure OpenAI') },
  { name: 'test', route: `${at}/providers`, open: fromMenu((t) => t('providers.actions.test')) },
  { name: 'edit', route: `${at}/providers`, open: fromMenu((t) => t('providers.actions.edit')) },
  { name: 'disable', route: `${at}/providers`, open: fromMenu((t) => t('providers.actions.disable')) },
  { name: 'remove', route: `${at}/providers`, open: fromMenu((t) => t('providers.actions.remove')) },
  { name: 'patience', route: `${at}/routing`, open: press((t) => t('routing.patience.open')) },
  { name: 'channel', route: `${at}/alerts`, open: press((t) => t('alerts.channels.add')) },
  { name: 'kind', route: `${at}/alerts`, open: press((t) => t('alerts.filters.kind')) },
  { name: 'log', route: `${at}/alerts`, open: press((t) => t('alerts.log.title')) },
  { name: 'what', route: `${at}/audit`, open: press((t) => t('audit.filters.what')) },
  { name: 'invite', route: `${at}/members`, open: press((t) => t('members.add')) },
  { name: 'role', route: `${at}/members`, open: fromMenu((t) => t('members.actions.role')) },
  { name: 'withdraw', route: `${at}/members`, open: press((t) => t('members.invitations.revoke')) },
  { name: 'zone', route: `${at}/settings`, open: press((t) => t('settings.organization.timeZone')) },
  {
    name: 'revoke',
    route: `${at}/settings/management-keys`,
    open: press((t) => beginning(t('settings.keys.revoke.label', { name: '|' }))),
  },
  { name: 'code', route: `${at}/playground`, open: press((t) => t('playground.code.button')) },
  { name: 'ask', route: '/me', who: 'student', open: press((t) => t('me.ask.button')) },
  { name: 'leave', route: '/me/account', open: press((t) => t('account.organizations.leave')) },
  { name: 'proof', route: '/me/account', open: press((t) => t('account.secondFactor.totp.setUp')) },
]
