import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import OpenAI from 'openai'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listOwnOrganizations } from '#lib/auth/list-own-organizations.ts'
import type { Member } from '#lib/auth/member.ts'
import { sealSessionId } from '#lib/auth/seal-session-id.ts'
import { startSession } from '#lib/auth/start-session.ts'
import { parseUsd } from '#lib/core/money.ts'
import { createKey, type NewKey } from '#lib/keys/create-key.ts'
import { pauseKey } from '#lib/keys/pause-key.ts'
import { createMember } from '#lib/members/create-member.ts'
import { removeMember } from '#lib/members/remove-member.ts'
import { createModel } from '#lib/models/create-model.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { newHome, type RunningStipend, removeHome, startStipend } from '../server/start-stipend.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase, testSecret } from '../support/database.ts'
import { findChromium } from '../support/find-chromium.ts'
import { foundLab } from '../support/found-lab.ts'
import { insertManyRequests } from '../support/insert-many-requests.ts'

interface Lab {
  member: Member
  slug: string
  key: NewKey
  /** The owner's, as a browser sends it. */
  cookie: string
}

const pictures = resolve(import.meta.dirname, '../pictures')

let database: TestDatabase
let home: string
let simulator: Simulator
let stipend: RunningStipend
let browser: Browser
let lab: Lab
let other: Lab

beforeAll(async () => {
  await mkdir(pictures, { recursive: true })
  database = await createTestDatabase()
  home = await newHome()
  process.env.STIPEND_ALLOW_PRIVATE_UPSTREAMS = 'true'
  simulator = await startSimulator()
  stipend = await startStipend({
    home,
    env: { DATABASE_URL: database.url, STIPEND_SECRET: testSecret, STIPEND_ALLOW_PRIVATE_UPSTREAMS: 'true' },
  })
  lab = await openLab('Physics lab')
  other = await openLab('Chemistry lab')
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await stipend?.stop()
  await simulator?.close()
  await database?.drop()
  if (home) await removeHome(home)
})

async function openLab(name: string): Promise<Lab> {
  const member = await foundLab(name)
  const [organization] = await listOwnOrganizations(member.userId!)
  const provider = await createProvider(member, {
    name: 'Vendor',
    vendor: 'openai-compatible',
    baseUrl: simulator.url,
    apiKey: 'sk-vendor',
  })
  for (const model of ['gpt-4o', 'gpt-4o-mini']) {
    await createModel(member, {
      name: model,
      deployments: [{ providerId: provider.id, upstreamModel: model }],
      price: { inputPerMtok: 1_000_000_000n, outputPerMtok: 4_000_000_000n },
    })
  }
  const project = await createProject(member, { name: 'Course' })
  const key = await createKey(member, {
    name: 'chen-yu',
    projectId: project.id,
    budgets: [{ period: 'total', limitNanos: parseUsd('5')! }],
  })
  return { member, slug: organization!.slug, key, cookie: await cookieOf(member.userId!) }
}

async function cookieOf(userId: string): Promise<string> {
  return `stipend_session=${await sealSessionId(await startSession(userId, null))}`
}

async function call(key: NewKey, model = 'gpt-4o'): Promise<void> {
  const client = new OpenAI({ apiKey: key.secret, baseURL: `${stipend.url}/v1`, maxRetries: 0 })
  await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Summarise.' }] })
}

/** The stream of an organization as a program reads it. */
async function openStream(slug: string, cookie: string) {
  const gone = new AbortController()
  const answer = await fetch(`${stipend.url}/api/live/${slug}`, { headers: { cookie }, signal: gone.signal })
  let text = ''
  const whole = (async () => {
    if (answer.ok) for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) text += chunk
  })().catch(() => {})
  const events = () =>
    Array.from(text.matchAll(/event: (\w+)\n/g), ([, event]) => event).filter((event) => event !== 'beat')
  return {
    answer,
    events,
    whole,
    text: () => text,
    async leave() {
      gone.abort()
      await whole
    },
  }
}

async function openContext(of: Lab): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(30_000)
  const [name, value] = of.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: stipend.url }])
  return context
}

async function openPage(path: string, of: Lab = lab, isLive = true): Promise<Page> {
  const context = await openContext(of)
  const page = await context.newPage()
  await page.addInitScript(() => {
    const sources: EventSource[] = []
    const Original = window.EventSource
    Object.assign(window, {
      sources,
      EventSource: class extends Original {
        constructor(url: string) {
          super(url)
          sources.push(this)
        }
      },
    })
  })
  // It is never loaded again, neither by hand nor by itself.
  const heard = isLive ? page.waitForRequest((request) => request.resourceType() === 'eventsource') : null
  await page.goto(`${stipend.url}/${of.slug}${path}`)
  await heard
  return page
}

describe('the stream of an organization', () => {
  it('opens to its members and to nobody else', async () => {
    const status = async (slug: string, cookie: string) => {
      const { answer, leave } = await openStream(slug, cookie)
      await leave()
      return answer.status
    }
    expect(await status(lab.slug, '')).toBe(401)
    expect(await status(lab.slug, 'stipend_session=made-up')).toBe(401)
    expect(await status(lab.slug, other.cookie)).toBe(404)
    expect(await status('no-such-lab', lab.cookie)).toBe(404)
    expect(await status(lab.slug, lab.cookie)).toBe(200)
    const strict = await openLab('Strict lab')
    await asOwner(database, 'UPDATE organizations SET requires_second_factor = true WHERE id = $1', [
      strict.member.organizationId,
    ])
    expect(await status(strict.slug, strict.cookie)).toBe(403)
  })

  it('is neither kept nor held back on the way', async () => {
    const { answer, events, leave } = await openStream(lab.slug, lab.cookie)
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    expect(answer.headers.get('cache-control')).toBe('no-store, no-transform')
    expect(answer.headers.get('content-encoding')).toBeNull()
    await expect.poll(events).toEqual(['ready'])
    await leave()
  })

  it('says nothing of what happens in another one', async () => {
    const [ours, theirs] = [await openStream(lab.slug, lab.cookie), await openStream(other.slug, other.cookie)]
    await expect.poll(() => [...ours.events(), ...theirs.events()]).toEqual(['ready', 'ready'])
    await call(lab.key)
    await expect.poll(ours.text).toMatch(/"requests":\["[0-9a-f-]{36}"\]/)
    // Had theirs heard of it, it would have been before its own.
    await call(other.key)
    await expect.poll(theirs.text).toMatch(/"requests":\["[0-9a-f-]{36}"\]/)
    const idsIn = (text: string) => Array.from(text.matchAll(/"requests":\["([0-9a-f-]{36})"\]/g), ([, id]) => id)
    const idsOf = async ({ member }: Lab) =>
      (
        await asOwner<{ id: string }>(database, 'SELECT id FROM requests WHERE organization_id = $1', [
          member.organizationId,
        ])
      ).map(({ id }) => id)
    expect(idsIn(theirs.text())).toEqual(await idsOf(other))
    expect(idsIn(ours.text())).toEqual(await idsOf(lab))
    await ours.leave()
    await theirs.leave()
  })

  it('ends with the membership', async () => {
    const { id, userId } = await createMember(lab.member, { email: 'wu@physics.example', name: 'Wu', role: 'viewer' })
    const { events, whole, text } = await openStream(lab.slug, await cookieOf(userId))
    await expect.poll(events).toEqual(['ready'])
    await removeMember(lab.member, id)
    await whole
    expect(events().at(-1)).toBe('end')
    expect(text()).not.toContain('"requests":[')
  })
})

describe('a page that stands open', () => {
  /** Waits until the page looks different, without touching it. */
  async function changes(page: Page, look: () => Promise<unknown>, act: () => Promise<unknown>): Promise<void> {
    const before = await look()
    let loads = 0
    page.on('load', () => {
      loads += 1
    })
    await act()
    await expect.poll(look).not.toEqual(before)
    expect(loads).toBe(0)
  }

  it('of a key moves its bar and lists the call', async () => {
    const page = await openPage(`/keys/${lab.key.id}`)
    const rows = () => page.getByRole('table', { name: 'Recent requests' }).getByRole('row').count()
    const bar = () => page.locator('main [role=progressbar], main [role=meter]').first().getAttribute('aria-valuenow')
    const look = async () => [await rows(), await bar()]
    await changes(page, look, () => call(lab.key))
    await page.context().close()
  })

  it('of the overview counts the call in its tiles', async () => {
    const page = await openPage('')
    const tile = () => page.locator('main').getByText('Requests', { exact: true }).first().locator('..').textContent()
    await changes(page, tile, () => call(lab.key))
    await page.context().close()
  })

  it('holds one stream, none while it is hidden, and looks again when it is seen again', async () => {
    const page = await openPage('')
    const open = () => page.evaluate(() => (window as Watched).sources.filter((source) => source.readyState < 2).length)
    const tile = () => page.locator('main').getByText('Requests', { exact: true }).first().locator('..').textContent()
    expect(await open()).toBe(1)
    await hide(page, true)
    expect(await open()).toBe(0)
    await changes(page, tile, async () => {
      await call(lab.key)
      await hide(page, false)
    })
    expect(await open()).toBe(1)
    // Another page of the organization goes on with it.
    await page.getByRole('link', { name: 'Budgets' }).first().click()
    await page.getByRole('heading', { level: 1, name: 'Budgets' }).waitFor()
    await expect.poll(open).toBe(1)
    await page.context().close()
  })
})

/** Whether anybody looks at a page, as the page is told. */
function hide(page: Page, hidden: boolean): Promise<void> {
  return page.evaluate((now) => {
    Object.defineProperty(document, 'hidden', { value: now, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}

const rowsOf = (page: Page) => page.locator('main tbody tr[data-row]')
const idsOf = (page: Page) => rowsOf(page).evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.row))
const modelsOf = (page: Page) =>
  rowsOf(page).evaluateAll((rows) => rows.map((row) => (row as HTMLTableRowElement).cells[2]!.textContent))
const countShown = async (page: Page) =>
  Number((await page.locator('dl dd').first().textContent())!.replaceAll(',', ''))

describe('the live tail', () => {
  const newestFirst = async ({ member }: Lab) =>
    (
      await asOwner<{ id: string }>(
        database,
        'SELECT id FROM requests WHERE organization_id = $1 ORDER BY created_at DESC, id DESC',
        [member.organizationId],
      )
    ).map(({ id }) => id)

  it('shows a call on top, with the totals of the filter, and only what the filter finds', async () => {
    const tailed = await openLab('Tailed lab')
    const [all, filtered] = [await openPage('/requests', tailed), await openPage('/requests?model=gpt-4o-mini', tailed)]
    await all.getByText('No request yet').waitFor()
    await call(tailed.key)
    await expect.poll(() => modelsOf(all)).toEqual(['gpt-4o'])
    await call(tailed.key, 'gpt-4o-mini')
    await expect.poll(() => modelsOf(all)).toEqual(['gpt-4o-mini', 'gpt-4o'])
    await expect.poll(() => modelsOf(filtered)).toEqual(['gpt-4o-mini'])
    await expect.poll(() => countShown(all)).toBe(2)
    await all.screenshot({ path: join(pictures, 'live-tail.png') })
    expect(await countShown(filtered)).toBe(1)
    await all.context().close()
    await filtered.context().close()
  })

  it('stands still while it is paused, and catches up', async () => {
    const tailed = await openLab('Paused lab')
    const page = await openPage('/requests', tailed)
    await call(tailed.key)
    await expect.poll(() => rowsOf(page).count()).toBe(1)
    await page.getByRole('button', { name: 'Live: pause' }).click()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await call(tailed.key)
    // Another page of the same organization has heard of it by then.
    const other = await openPage('/requests', tailed)
    await expect.poll(() => rowsOf(other).count()).toBe(2)
    await call(tailed.key)
    await expect.poll(() => rowsOf(other).count()).toBe(3)
    expect(asked.filter((url) => url.includes('/requests/rows'))).toEqual([])
    expect(await rowsOf(page).count()).toBe(1)
    await page.getByRole('button', { name: 'Paused: resume' }).click()
    await expect.poll(() => rowsOf(page).count()).toBe(3)
    await page.context().close()
    await other.context().close()
  })

  it('doubles none and loses none, whether many come at once, the stream is cut or nobody looks', async () => {
    const tailed = await openLab('Busy lab')
    const page = await openPage('/requests', tailed)
    const callOften = () => Promise.all(Array.from({ length: 8 }, () => call(tailed.key)))
    await callOften()
    await page.evaluate(() => (window as Watched).sources.at(-1)!.dispatchEvent(new Event('error')))
    await callOften()
    await hide(page, true)
    await callOften()
    await hide(page, false)
    await callOften()
    const ids = await newestFirst(tailed)
    expect(ids).toHaveLength(32)
    await expect.poll(() => idsOf(page)).toEqual(ids)
    expect(await countShown(page)).toBe(32)
    await page.context().close()
  })

  it('shows its first rows before any script is there', async () => {
    await call(lab.key)
    const page = await openContext(lab).then((context) => context.newPage())
    await page.route('**/*.js', (route) => route.abort())
    await page.goto(`${stipend.url}/${lab.slug}/requests`)
    await rowsOf(page).first().waitFor()
    await page.screenshot({ path: join(pictures, 'requests-without-script.png') })
    await page.context().close()
  })
})

describe('a long table', () => {
  const count = 2_000
  const mostInDocument = 120
  let long: Lab

  beforeAll(async () => {
    long = await openLab('Long lab')
    const { organizationId } = long.member
    await insertManyRequests(database, { organizationId, key: long.key, model: 'm', count })
    const project = [organizationId, long.key.projectId]
    await asOwner(
      database,
      `INSERT INTO keys (id, organization_id, project_id, name, secret_hash, secret_hint)
       SELECT gen_random_uuid(), $1, $2, 'student ' || lpad(n::text, 3, '0'), sha256(('k' || n)::bytea), 'abcd'
       FROM generate_series(1, 300) n`,
      project,
    )
    await asOwner(
      database,
      `INSERT INTO audit_events (id, organization_id, actor, action, target, before, after, created_at)
       SELECT gen_random_uuid(), $1, 'user:lin@physics.example', 'project.change', 'Course ' || n,
         '{"name": "Old name"}', '{"name": "New name"}', now() - n * interval '1 second'
       FROM generate_series(1, 300) n`,
      project.slice(0, 1),
    )
  })

  /** Where the last row of the document stands, counted from 1 without the header. */
  const lastOf = (page: Page) =>
    page.evaluate(() => {
      const last = Array.from(document.querySelectorAll('main tbody tr[data-row]')).at(-1)
      return Number(last?.getAttribute('aria-rowindex') ?? 1) - 1
    })

  /** Scrolls to the end again and again, until there is nothing further to come; how many rows the document held at most. */
  async function readToEnd(page: Page): Promise<number> {
    let most = 0
    for (let isAtEnd = false; !isAtEnd; ) {
      const before = await lastOf(page)
      most = Math.max(most, await rowsOf(page).count())
      const seen = await page.waitForFunction((last) => {
        // Rows that come are as high as they turn out to be.
        window.scrollTo(0, document.documentElement.scrollHeight)
        const rows = document.querySelectorAll('main tbody tr[data-row]')
        const index = Number(Array.from(rows).at(-1)?.getAttribute('aria-rowindex') ?? 1) - 1
        const count = Number(document.querySelector('main table')?.getAttribute('aria-rowcount')) - 1
        const isWhole = !Array.from(document.querySelectorAll('main nav button')).some((button) => button.textContent)
        if (isWhole && index === count) return 'end'
        return index > last && 'more'
      }, before)
      isAtEnd = (await seen.jsonValue()) === 'end'
    }
    return Math.max(most, await rowsOf(page).count())
  }

  it('of requests is read to its end, goes by keys, and takes new ones in without moving the reader', async () => {
    const page = await openPage('/requests', long)
    const table = page.locator('main table')
    expect(await countShown(page)).toBe(count)
    expect(await table.getAttribute('aria-rowcount')).toBe(`${count + 1}`)
    expect(await readToEnd(page)).toBeLessThan(mostInDocument)
    expect(await lastOf(page)).toBe(count)

    const focused = () =>
      page.evaluate(() => {
        const row = document.activeElement?.closest('tr')
        const { top, bottom } = row?.getBoundingClientRect() ?? { top: -1, bottom: -1 }
        return { row: Number(row?.getAttribute('aria-rowindex')) - 1, isSeen: top >= 0 && bottom <= window.innerHeight }
      })
    await rowsOf(page).last().getByRole('button').focus()
    await page.keyboard.press('Home')
    expect(await focused()).toEqual({ row: 1, isSeen: true })
    await page.keyboard.press('PageDown')
    expect(await focused()).toEqual({ row: 11, isSeen: true })
    await page.keyboard.press('End')
    expect(await focused()).toEqual({ row: count, isSeen: true })
    await page.keyboard.press('ArrowUp')
    expect(await focused()).toEqual({ row: count - 1, isSeen: true })
    await page.screenshot({ path: join(pictures, 'long-requests-end.png') })

    const look = () => page.evaluate(() => [window.scrollY, document.activeElement!.getBoundingClientRect().top])
    const before = await look()
    await call(long.key)
    const show = page.getByRole('button', { name: /^Show 1\+? new request$/ })
    await show.waitFor()
    expect(await look()).toEqual(before)
    await show.click()
    await expect.poll(() => modelsOf(page).then((models) => models.slice(0, 2))).toEqual(['gpt-4o', 'm'])
    await expect.poll(() => countShown(page)).toBe(count + 1)
    await page.context().close()
  }, 240_000)

  it('of keys renews what is seen, also far down', async () => {
    const page = await openPage('/keys?sort=name&direction=desc', long)
    expect(await readToEnd(page)).toBeLessThan(mostInDocument)
    expect(await lastOf(page)).toBe(301)
    const row = (name: string) => rowsOf(page).filter({ hasText: name })
    // By somebody else.
    await pauseKey(long.member, long.key.id)
    await row('chen-yu').getByText('Paused').filter({ visible: true }).waitFor()
    await page.getByRole('button', { name: 'Actions for student 001' }).click()
    await page.getByRole('menuitem', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Pause key' }).click()
    await row('student 001').getByText('Paused').filter({ visible: true }).waitFor()
    await page.screenshot({ path: join(pictures, 'long-keys-end.png') })
    await page.context().close()
  }, 240_000)

  it('of changes keeps open what was unfolded', async () => {
    const page = await openPage('/audit', long, false)
    expect(await readToEnd(page)).toBeLessThan(mostInDocument)
    const whole = Number(await page.locator('main table').getAttribute('aria-rowcount')) - 1
    expect(whole).toBeGreaterThan(300)
    expect(await lastOf(page)).toBe(whole)
    await page.screenshot({ path: join(pictures, 'long-audit-end.png') })
    const row = rowsOf(page).filter({ hasText: 'Course 299' })
    await row.locator('summary').click()
    await row.getByText(/Old name$/).waitFor()
    await page.evaluate(() => window.scrollTo(0, 0))
    await rowsOf(page).filter({ hasText: 'Course 2' }).first().locator('summary').focus()
    await row.waitFor({ state: 'detached' })
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    await row.getByText(/Old name$/).waitFor()
    await page.context().close()
  }, 240_000)
})

describe('a process that is asked to stop', () => {
  it('ends its streams and is not held up by them', async () => {
    const { events, whole } = await openStream(lab.slug, lab.cookie)
    await expect.poll(events).toEqual(['ready'])
    expect(await stipend.stop()).toBe(0)
    await whole
    expect(events()).not.toContain('end')
  })
})

type Watched = typeof window & { sources: EventSource[] }
