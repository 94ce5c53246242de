import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { createTranslator } from 'next-intl'
import OpenAI from 'openai'
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, it, vi } from 'vitest'
import { hashPassword } from '#lib/auth/hash-password.ts'
import type { Member, Role } from '#lib/auth/member.ts'
import { formatUsd, parseUsd } from '#lib/core/money.ts'
import { prisma } from '#lib/db/prisma.ts'
import type { Locale } from '#lib/i18n/locales.ts'
import { messages } from '#lib/i18n/messages.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { createMember } from '#lib/members/create-member.ts'
import { createModel } from '#lib/models/create-model.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { foundOrganization } from '#lib/setup/found-organization.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { newHome, type RunningStipend, removeHome, startStipend } from '../server/start-stipend.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase, testSecret } from '../support/database.ts'
import { findChromium } from '../support/find-chromium.ts'

const pictures = resolve(import.meta.dirname, '../pictures')
const password = 'three quiet otters'

/** The same stories in each language of the console, with names of its own and a vendor that fails in another way. */
const labs = {
  en: {
    slug: 'optics-lab',
    organization: 'Optics Lab',
    project: 'Seminar',
    other: 'Thesis work',
    student: 'Student',
    fault: 'status-401',
    state: 'refused',
    browser: 'en-US',
  },
  'zh-CN': {
    slug: 'guang-xue',
    organization: 'Guang Xue 光学组',
    project: '研讨课',
    other: '毕业设计',
    student: '学生',
    fault: 'status-429-no-credit',
    state: 'out_of_credit',
    browser: 'zh-CN',
  },
} as const

// Stories of many pages: slow where the machine is, and waiting for events alone.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let database: TestDatabase
let home: string
let simulator: Simulator
let stipend: RunningStipend
let browser: Browser
const owners: Partial<Record<Locale, Member>> = {}

const emailOf = (locale: Locale, role: Role) => `${role}-${locale.toLowerCase()}@lab.example`

beforeAll(async () => {
  await mkdir(pictures, { recursive: true })
  database = await createTestDatabase()
  simulator = await startSimulator({ behaviour: { outputTokens: 2_000, tokensPerChunk: 50 } })
  home = await newHome()
  process.env.STIPEND_ALLOW_PRIVATE_UPSTREAMS = 'true'
  for (const locale of ['en', 'zh-CN'] as const) owners[locale] = await foundLab(locale)
  stipend = await startStipend({
    home,
    env: {
      DATABASE_URL: database.url,
      STIPEND_SECRET: testSecret,
      STIPEND_ALLOW_PRIVATE_UPSTREAMS: 'true',
      // Whoever set it up is in neither story.
      STIPEND_BOOTSTRAP_ORGANIZATION: 'Computing Centre',
      STIPEND_BOOTSTRAP_EMAIL: 'root@centre.example',
      STIPEND_BOOTSTRAP_PASSWORD: password,
    },
  })
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
})

afterAll(async () => {
  await browser?.close()
  await stipend?.stop()
  await simulator?.close()
  await prisma().$disconnect()
  await database?.drop()
  if (home) await removeHome(home)
})

/** An organization with two accounts at the vendor, two projects, and somebody in each role. */
async function foundLab(locale: Locale): Promise<Member> {
  const { organization, project, other } = labs[locale]
  const passwordHash = await hashPassword(password)
  const { owner } = await prisma().$transaction((tx) =>
    foundOrganization(tx, {
      organization,
      timeZone: 'Asia/Shanghai',
      locale,
      ownerLocale: null,
      name: 'Lin Qing',
      email: emailOf(locale, 'owner'),
      passwordHash,
    }),
  )
  for (const role of ['lead', 'viewer'] as const) {
    await createMember(owner, { email: emailOf(locale, role), name: role === 'lead' ? 'Ada' : 'Wu Min', role })
  }
  await asOwner(database, 'UPDATE users SET password_hash = $1 WHERE password_hash IS NULL', [passwordHash])
  const accounts: { providerId: string; priority: number }[] = []
  for (const [priority, name] of ['Main', 'Spare'].entries()) {
    const { id } = await createProvider(owner, {
      name: `${name} account`,
      vendor: 'openai-compatible',
      baseUrl: simulator.url,
      apiKey: `sim-${locale}-account-${name.toLowerCase()}`,
    })
    accounts.push({ providerId: id, priority })
  }
  await createModel(owner, {
    name: 'gpt-4o',
    deployments: accounts.map((account) => ({ ...account, upstreamModel: 'gpt-4o' })),
    price: {
      inputPerMtok: 2_500_000_000n,
      outputPerMtok: 10_000_000_000n,
      tiers: [{ aboveInputTokens: 200_000, inputPerMtok: 5_000_000_000n, outputPerMtok: 15_000_000_000n }],
    },
  })
  for (const name of [project, other]) await createProject(owner, { name, budgets: [] })
  return owner
}

describe.concurrent.each(['en', 'zh-CN'] as const)('in %s', (locale) => {
  describe.sequential('the stories', () => {
    const lab = labs[locale]
    const t = createTranslator({ locale, messages: messages[locale] })
    const studentName = (number: number) => `${lab.student} ${number}`
    const complaints: string[] = []
    const contexts: BrowserContext[] = []
    let lead: Page
    let student: Page
    let claimUrl: string
    let client: OpenAI
    let raise: Request

    afterEach(async ({ task }) => {
      if (task.result?.state !== 'fail') return
      for (const [index, context] of contexts.entries()) {
        await context.pages()[0]?.screenshot({ path: join(pictures, `people-${locale}-failed-${index}.png`) })
      }
    })
    afterAll(async () => {
      for (const context of contexts) await context.close()
    })

    async function open(look: { phone?: boolean; dark?: boolean } = {}): Promise<Page> {
      const context = await browser.newContext({
        baseURL: stipend.url,
        locale: lab.browser,
        timezoneId: 'Asia/Shanghai',
        viewport: look.phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
        colorScheme: look.dark ? 'dark' : 'light',
      })
      contexts.push(context)
      context.setDefaultTimeout(60_000)
      context.on('weberror', (error) => complaints.push(String(error.error())))
      return context.newPage()
    }

    async function signIn(role: Role, look: { dark?: boolean } = {}): Promise<Page> {
      const page = await open(look)
      await page.goto(`/sign-in?next=/${lab.slug}`)
      await page.locator('input[name=email]').fill(emailOf(locale, role))
      await page.locator('input[name=password]').fill(password)
      await page.locator('button[type=submit]').click()
      await page.waitForURL(({ pathname }) => pathname === `/${lab.slug}`)
      return page
    }

    const go = async (page: Page, path: string) => {
      await page.goto(`/${lab.slug}${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
    }
    const shoot = (page: Page, name: string) =>
      page.screenshot({ path: join(pictures, `people-${locale}-${name}.png`), fullPage: true })
    const see = (page: Page, text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor()
    const call = (with_ = client) =>
      with_.chat.completions.create({
        model: 'gpt-4o',
        messages: [{ role: 'user', content: 'Explain interference.' }],
        max_tokens: 2_000,
      })

    it('a lead imports a class of 30 with caps', async ({ expect }) => {
      lead = await signIn('lead')
      await go(lead, '/members')
      await lead.getByRole('link', { name: t('members.import.title') }).click()
      const lines = Array.from(
        { length: 30 },
        (_, number) =>
          `${studentName(number)},s${number}-${locale.toLowerCase()}@lab.example,${number === 0 ? '0.05' : ''}`,
      )
      await lead.locator('input[type=file]').setInputFiles({
        name: 'class.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`\uFEFFname,email,cap\r\n${lines.join('\r\n')}\r\n`),
      })
      await lead.getByLabel(t('members.import.project')).click()
      await lead.getByRole('option', { name: lab.project }).click()
      await lead.getByLabel(t('members.import.cap')).fill('2.50')
      await lead.getByRole('button', { name: t('members.import.check'), exact: true }).click()
      const make = lead.getByRole('button', { name: t('members.import.submit', { count: 30 }) })
      await make.waitFor()
      // One has a cap of their own, and all others that of the class.
      expect(await lead.getByRole('cell', { name: '$0.05' }).count()).toBe(1)
      expect(await lead.getByRole('cell', { name: '$2.50' }).count()).toBe(29)
      await shoot(lead, '01-class')
      await make.click()
      await see(lead, t('members.import.doneTitle', { count: 30 }))
      const [file] = await Promise.all([
        lead.waitForEvent('download'),
        lead.getByRole('button', { name: t('members.import.download') }).click(),
      ])
      const rows: string[][] = parse(await textOf(file), { bom: true, from_line: 2 })
      expect(rows).toHaveLength(30)
      claimUrl = rows[0]!.find((cell) => cell.includes('/join?token='))!
      await go(lead, '/keys')
      await lead.getByRole('searchbox').fill(studentName(0))
      await lead
        .getByRole('row')
        .filter({ hasText: studentName(0) })
        .filter({ hasText: '$0.05' })
        .waitFor()
      await shoot(lead, '02-keys')
    })

    it('a student takes the key, makes the first call as the page says, and goes over the budget', async ({
      expect,
    }) => {
      student = await open({ phone: true, dark: true })
      await student.goto(claimUrl)
      await student.locator('input[name=password]').fill('four loud badgers')
      await student.getByRole('button', { name: t('auth.join.key.submit') }).click()
      await student.getByRole('heading', { name: t('auth.join.taken.title') }).waitFor()
      await shoot(student, '03-taken')
      const shown = (await student.locator('pre').first().textContent())!
      client = new OpenAI({
        baseURL: /OPENAI_BASE_URL=(\S+)/.exec(shown)![1]!,
        apiKey: /OPENAI_API_KEY=(\S+)/.exec(shown)![1]!,
        maxRetries: 0,
      })
      const first = await call()
      expect(first.choices[0]!.message.content).toBeTruthy()
      await student.getByRole('link', { name: t('auth.join.taken.done') }).click()
      await student.getByRole('heading', { level: 1, name: t('me.title') }).waitFor()
      await see(student, '$0.03')
      // Until no answer of that length is paid for by what is left.
      const refusal = await (async () => {
        for (let calls = 0; calls < 10; calls++) {
          const failure = await call().then(
            () => null,
            (error: unknown) => error,
          )
          if (failure) return failure as InstanceType<typeof OpenAI.APIError>
        }
        throw new Error('never refused')
      })()
      expect({ status: refusal.status, code: refusal.code }).toEqual({ status: 402, code: 'insufficient_quota' })
      expect(refusal.message).toContain('$0.05')
      // The page says so by itself.
      await see(student, t('me.short.title'))
      await shoot(student, '04-over')
      await student.getByRole('button', { name: t('me.ask.button') }).click()
      const dialog = student.getByRole('dialog')
      await dialog.getByLabel(t('me.ask.amount')).fill('0.10')
      await dialog.getByLabel(t('me.ask.purpose')).fill('Chapter 4 / 第四章')
      await shoot(student, '05-ask')
      await dialog.getByRole('button', { name: t('me.ask.submit'), exact: true }).click()
      await dialog.waitFor({ state: 'detached' })
    })

    it('the lead is warned, sees the wish, grants it with one press, and raises another budget for a while', async () => {
      const warning = t('alerts.text.budget_threshold.title', { percent: 80, subject: studentName(0) })
      await go(lead, '/alerts')
      await see(lead, warning)
      await shoot(lead, '06-alerts')
      await lead
        .getByRole('button', {
          name: t('alerts.list.acknowledgeLabel', {
            title: warning,
          }),
        })
        .click()
      await see(lead, t('alerts.list.empty'))
      await go(lead, '/budgets')
      const wish = lead.getByRole('article', { name: t('budgets.asks.label', { name: studentName(0) }) })
      await wish.getByText('Chapter 4').waitFor()
      await shoot(lead, '07-wish')
      await wish.getByRole('button', { name: t('budgets.asks.approve.button'), exact: true }).click()
      await wish.waitFor({ state: 'detached' })

      await go(lead, '/keys')
      await lead.getByRole('searchbox').fill(studentName(7))
      // Until they are found, others stand there.
      await lead.getByRole('link', { name: studentName(8) }).waitFor({ state: 'detached' })
      await lead.waitForURL(({ searchParams }) => searchParams.has('q'))
      await lead.getByRole('link', { name: studentName(7) }).click()
      await lead.waitForURL(/\/keys\/[0-9a-f-]{36}$/)
      const label = t('budgets.raise.label', { budget: `${studentName(7)} · ${t('console.budget.names.month')}` })
      await lead.getByRole('button', { name: label }).click()
      const dialog = lead.getByRole('dialog')
      await dialog.getByLabel(t('budgets.raise.amount')).fill('5')
      await dialog.getByLabel(t('budgets.raise.reason')).fill('Poster')
      await shoot(lead, '08-raise')
      ;[raise] = await Promise.all([
        lead.waitForRequest((request) => request.method() === 'POST' && 'next-action' in request.headers()),
        dialog.getByRole('button', { name: t('budgets.raise.submit'), exact: true }).click(),
      ])
      await dialog.waitFor({ state: 'detached' })
      await see(lead, '$7.50')
      await shoot(lead, '09-raised')
    })

    it('the student reads the answer on the page that stood open, and calls again', async ({ expect }) => {
      await student.getByText(t('me.short.title')).waitFor({ state: 'detached' })
      await see(student, 'Ada')
      await shoot(student, '10-granted')
      const answer = await call()
      expect(answer.choices[0]!.message.content).toBeTruthy()
    })

    it('an owner sees that a vendor refuses, goes on with the other, and puts a new key in', async ({ expect }) => {
      const owner = await signIn('owner', { dark: true })
      const { secret } = await newKeyIn(lab.other)
      const own = new OpenAI({ baseURL: `${stipend.url}/v1`, apiKey: secret, maxRetries: 0 })
      await call(own)
      simulator.control.set({ credential: `sim-${locale}-account-main`, fault: lab.fault })
      // Nobody who calls notices anything.
      for (let calls = 0; calls < 3; calls++) await call(own)
      expect(lastCredential()).toBe(`sim-${locale}-account-spare`)
      await go(owner, '/providers')
      await see(owner, t(`routing.state.${lab.state}`))
      await shoot(owner, '11-blocked')
      await go(owner, '/routing')
      await see(owner, t(`routing.state.${lab.state}`))
      await shoot(owner, '12-routing')
      await go(owner, '/alerts')
      await see(owner, t('alerts.text.provider_blocked.title', { subject: 'Main account' }))
      await shoot(owner, '13-alert')

      await go(owner, '/providers')
      await owner.getByRole('button', { name: 'Main account', exact: true }).click()
      const sheet = owner.getByRole('dialog')
      await sheet.getByLabel(t('providers.form.apiKey')).fill(`sim-${locale}-account-fresh`)
      await sheet.getByRole('button', { name: t('providers.form.save') }).click()
      await sheet.waitFor({ state: 'detached' })
      await owner.getByText(t(`routing.state.${lab.state}`)).waitFor({ state: 'detached' })
      await expect
        .poll(async () => {
          await call(own)
          return lastCredential()
        })
        .toBe(`sim-${locale}-account-fresh`)

      await go(owner, '/audit?what=provider')
      const row = owner.getByRole('row').filter({ hasText: t('audit.actions.provider.change') })
      expect(await row.textContent()).toContain(emailOf(locale, 'owner'))
      await row.locator('summary').click()
      await row.locator('del').filter({ hasText: 'main' }).waitFor()
      await row.locator('ins').filter({ hasText: 'resh' }).waitFor()
      expect(await row.textContent()).not.toContain('fresh')
      await shoot(owner, '14-audit')
    })

    it('who looks after the money reads the month by project, and takes away what adds up to the ledger', async ({
      expect,
    }) => {
      const viewer = await signIn('viewer')
      await viewer.getByRole('link', { name: t('console.nav.usage'), exact: true }).click()
      await viewer.getByRole('heading', { level: 1, name: t('usage.title') }).waitFor()
      const choose = async (what: 'group' | 'range' | 'interval', option: string) => {
        await viewer.getByRole('combobox', { name: t(`usage.controls.${what}`), exact: true }).click()
        await viewer.getByRole('option', { name: option, exact: true }).click()
        await viewer.waitForURL((url) => url.searchParams.has(what))
      }
      await choose('group', t('usage.controls.by', { group: t('usage.groups.project') }))
      // Three months: this one may have begun a minute ago.
      await choose('range', t('usage.ranges.90d'))
      await choose('interval', t('usage.intervals.month'))
      await viewer.getByRole('cell', { name: lab.other }).first().waitFor()

      const ledger = await asOwner<{ project: string; nanos: string }>(
        database,
        `SELECT p.name AS project, sum(e.cost_nanos)::text AS nanos FROM ledger_entries e JOIN projects p ON p.id = e.project_id
         WHERE e.organization_id = $1 GROUP BY p.name`,
        [owners[locale]!.organizationId],
      )
      const booked = Object.fromEntries(ledger.map(({ project, nanos }) => [project, nanos]))
      expect(Object.keys(booked).sort()).toEqual([lab.project, lab.other].sort())
      const link = viewer.getByRole('link', { name: t('usage.export') })
      const sumsOf = (csv: string) => {
        const sums: Record<string, bigint> = {}
        const rows: Record<string, string>[] = parse(csv, { bom: true, columns: true })
        for (const { project, cost_usd } of rows) sums[project!] = (sums[project!] ?? 0n) + parseUsd(cost_usd!)!
        return Object.fromEntries(Object.entries(sums).map(([project, nanos]) => [project, String(nanos)]))
      }
      await expect
        .poll(async () => sumsOf(await (await viewer.request.get((await link.getAttribute('href'))!)).text()))
        .toEqual(booked)
      const [file] = await Promise.all([viewer.waitForEvent('download'), link.click()])
      expect(sumsOf(await textOf(file))).toEqual(booked)
      // And the page shows the same sum, to the cent.
      const all = Object.values(booked).reduce((sum, nanos) => sum + BigInt(nanos), 0n)
      await viewer.reload()
      await see(viewer, `$${Number(formatUsd(all)).toFixed(2)}`)
      await shoot(viewer, '15-month')
    })

    it('and changes nothing: there is nothing to press, and what others press is refused', async ({ expect }) => {
      const viewer = contexts.at(-1)!.pages()[0]!
      const owner = contexts.at(-2)!.pages()[0]!
      const changes: Record<string, string[]> = {
        '/keys': [t('keys.new')],
        '/projects': [t('projects.new')],
        '/budgets': [t('budgets.new.button')],
        '/members': [t('members.add'), t('members.import.title')],
        '/models': [t('models.new')],
        '/providers': [t('providers.new')],
        '/routing': [t('routing.test'), t('routing.patience.open')],
        '/alerts': [t('alerts.channels.add')],
      }
      for (const [path, names] of Object.entries(changes)) {
        await Promise.all([go(owner, path), go(viewer, path)])
        for (const name of names) {
          const tool = (page: Page) =>
            page.locator('main').locator('button, a').filter({ hasText: name, visible: true })
          await tool(owner).first().waitFor()
          expect(await tool(viewer).count(), `${path}: ${name}`).toBe(0)
        }
      }
      await shoot(viewer, '16-viewer')
      await viewer.goto(`/${lab.slug}/settings`)
      await see(viewer, t('ui.noPermission.title'))
      const raises = () =>
        asOwner(database, 'SELECT id FROM budget_raises WHERE organization_id = $1', [owners[locale]!.organizationId])
      const before = await raises()
      expect(before.length).toBeGreaterThan(0)
      const refused = await viewer.request.post(raise.url(), {
        headers: {
          'next-action': raise.headers()['next-action']!,
          'content-type': raise.headers()['content-type']!,
          accept: 'text/x-component',
          origin: stipend.url,
        },
        data: raise.postData()!,
      })
      expect(await refused.text()).toContain('"forbidden"')
      const api = await viewer.request.post('/api/v1/projects', { data: { name: 'Mine' } })
      expect(api.status()).toBe(401)
      expect(await raises()).toEqual(before)
    })

    it('nothing went wrong in the browser', ({ expect }) => {
      expect(complaints).toEqual([])
    })

    async function newKeyIn(project: string) {
      const [found] = await asOwner<{ id: string }>(database, 'SELECT id FROM projects WHERE name = $1', [project])
      return createKey(owners[locale]!, { name: 'assistant', projectId: found!.id, budgets: [] })
    }

    function lastCredential(): string {
      const ours = simulator.journal.calls.filter(({ credential }) => credential?.startsWith(`sim-${locale}-`))
      return ours.at(-1)!.credential!
    }
  })
})

async function textOf(file: { createReadStream(): Promise<NodeJS.ReadableStream> }): Promise<string> {
  let text = ''
  for await (const chunk of await file.createReadStream()) text += chunk
  return text
}
