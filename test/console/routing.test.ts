import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newHome, type RunningStipend, removeHome, startStipend } from '../server/start-stipend.ts'
import { findChromium } from '../support/find-chromium.ts'

const pictures = resolve(import.meta.dirname, '../pictures')
const managementKey = `mk-stp-${'a'.repeat(40)}`
const patient = { timeout: 30_000 }

let home: string
let stipend: RunningStipend
let browser: Browser
let context: BrowserContext
let page: Page
let modelId: string
let projectId: string
const complaints: string[] = []

async function callApi(method: string, path: string, body?: object) {
  const headers = { authorization: `Bearer ${managementKey}`, 'content-type': 'application/json' }
  const answer = await fetch(`${stipend.url}/api/v1${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  expect(answer.ok, `${method} ${path}`).toBe(true)
  return answer.json()
}

/** "A C > B": who is tried at once, and who after them. */
async function routeNow(): Promise<string> {
  const { deployments } = await callApi('GET', `/models/${modelId}`)
  const tiers = new Map<number, string[]>()
  for (const { priority, upstream_model: name } of deployments)
    tiers.set(priority, [...(tiers.get(priority) ?? []), name])
  return [...tiers]
    .sort(([a], [b]) => a - b)
    .map(([, names]) => names.sort().join(' '))
    .join(' > ')
}

/** As the page shows it, top to bottom. */
function shown(): Promise<string> {
  return page.locator('section ol > li').evaluateAll((tiers) =>
    tiers
      .map((tier) =>
        Array.from(tier.querySelectorAll('li .font-mono'), (name) => name.textContent)
          .sort()
          .join(' '),
      )
      .join(' > '),
  )
}

/** What the page shows and what the gateway routes by. */
async function expectRoute(route: string) {
  await expect.poll(shown, patient).toBe(route)
  expect(await routeNow()).toBe(route)
  // The next change waits for the answer to this one.
  await page.locator('section ol[aria-busy="false"]').waitFor()
}

beforeAll(async () => {
  await mkdir(pictures, { recursive: true })
  home = await newHome()
  stipend = await startStipend({
    home,
    env: {
      STIPEND_BOOTSTRAP_ORGANIZATION: 'Physics Lab',
      STIPEND_BOOTSTRAP_EMAIL: 'lin@physics.example',
      STIPEND_BOOTSTRAP_PASSWORD: 'three quiet otters',
      STIPEND_BOOTSTRAP_MANAGEMENT_KEY: managementKey,
    },
  })
  const deployments: object[] = []
  for (const [priority, name] of ['A', 'B', 'C'].entries()) {
    const { id } = await callApi('POST', '/providers', {
      name: `Vendor ${name}`,
      vendor: 'openai',
      api_key: 'sim-none',
    })
    deployments.push({ provider_id: id, upstream_model: name, priority })
  }
  modelId = (await callApi('POST', '/models', { name: 'gpt-4o', deployments })).id
  projectId = (await callApi('POST', '/projects', { name: 'Course' })).id
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
  context = await browser.newContext({
    baseURL: stipend.url,
    locale: 'en-US',
    viewport: { width: 1440, height: 900 },
  })
  context.setDefaultTimeout(patient.timeout)
  context.on('weberror', (error) => complaints.push(String(error.error())))
  page = await context.newPage()
  await page.goto('/sign-in?next=/physics-lab/routing')
  await page.locator('input[name=email]').fill('lin@physics.example')
  await page.locator('input[name=password]').fill('three quiet otters')
  await page.locator('button[type=submit]').click()
  await page.getByRole('heading', { level: 1, name: 'Routing' }).waitFor()
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await stipend?.stop()
  if (home) await removeHome(home)
})

describe('the way of a model', { sequential: true }, () => {
  const row = (name: string) => page.locator('li[draggable="true"]').filter({ hasText: `Vendor ${name}` })

  it('is put in order by dragging: into a tier, and between two', async () => {
    await expectRoute('A > B > C')
    await row('C').dragTo(row('A'))
    await expectRoute('A C > B')
    // The line above the first tier.
    await row('B').dragTo(page.locator('section ol > li').first().locator('> [aria-hidden="true"]'))
    await expectRoute('B > A C')
    await page.screenshot({ path: join(pictures, 'routing-dragged.png') })
  })

  it('is put in order with the keyboard alone', async () => {
    const press = async (name: string) => {
      await page.getByRole('button', { name }).focus()
      await page.keyboard.press('Enter')
    }
    await press('Try Vendor C earlier')
    await expectRoute('B > C > A')
    // The keyboard stays with what it moved.
    await page.keyboard.press('Enter')
    await expectRoute('B C > A')
    await page.keyboard.press('Enter')
    await expectRoute('C > B > A')
    await page.locator('button:focus[aria-label="Try Vendor C earlier"]').waitFor()
    await press('Try Vendor A earlier')
    await expectRoute('C > A B')
    await press('Try Vendor C later')
    await expectRoute('A B C')
    await page.reload()
    await expectRoute('A B C')
    expect(complaints).toEqual([])
  })
})

describe('rate limits', { sequential: true }, () => {
  const field = (name: string) => page.getByLabel(name, { exact: true })

  it('of a project are set in its form, and what is no number is said at its field', async () => {
    await page.goto(`/physics-lab/projects/${projectId}/edit`)
    await field('Requests a minute').fill('many')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Write a whole number of 1 or more, or nothing.').waitFor()
    expect(await field('Requests a minute').getAttribute('aria-invalid')).toBe('true')
    await page.screenshot({ path: join(pictures, 'rates-project-wrong.png'), fullPage: true })
    await field('Requests a minute').fill('1,200')
    await field('At the same time').fill('8')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('1,200 requests a minute · 8 at the same time').waitFor()
    await page.screenshot({ path: join(pictures, 'rates-project.png'), fullPage: true })
    const { rpm, tpm, rpd, max_parallel } = await callApi('GET', `/projects/${projectId}`)
    expect({ rpm, tpm, rpd, max_parallel }).toEqual({ rpm: 1200, tpm: null, rpd: null, max_parallel: 8 })
  })

  it('of the organization are set and lifted on the page of settings, each for itself', async () => {
    const rates = page.getByRole('region', { name: 'Rate limits' })
    const save = async () => {
      await rates.getByRole('button', { name: 'Save changes' }).click()
      // There is nothing left to save once it is saved.
      await rates.locator('button[type=submit]:disabled:not([aria-busy="true"])').waitFor()
    }
    await page.goto('/physics-lab/settings')
    await field('Tokens a minute').fill('500000')
    await field('Requests a day').fill('20000')
    await save()
    // Meanwhile somebody else sets another one.
    await callApi('PATCH', '/organization', { max_parallel: 50 })
    await field('Requests a day').fill('')
    await save()
    const { rpm, tpm, rpd, max_parallel } = await callApi('GET', '/organization')
    expect({ rpm, tpm, rpd, max_parallel }).toEqual({ rpm: null, tpm: 500_000, rpd: null, max_parallel: 50 })
    expect(complaints).toEqual([])
  })

  it('fit a phone in Chinese', async () => {
    const phone = await browser.newContext({
      storageState: await context.storageState(),
      baseURL: stipend.url,
      locale: 'zh-CN',
      colorScheme: 'dark',
      viewport: { width: 390, height: 844 },
    })
    const own = await phone.newPage()
    await own.goto('/physics-lab/settings')
    await own.getByRole('region', { name: '速率限制' }).getByLabel('每分钟 Token 数').waitFor()
    await own.screenshot({ path: join(pictures, 'rates-phone-zh.png'), fullPage: true })
    await own.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth)
    await phone.close()
  })
})
