import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenConsole, openConsole } from './open-console.ts'

const patient = { timeout: 30_000 }

let stipend: OpenConsole
let page: Page
let modelId: string
let projectId: string

/** "A C > B": who is tried at once, and who after them. */
async function routeNow(): Promise<string> {
  const { deployments } = await stipend.callApi('GET', `/models/${modelId}`)
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
  stipend = await openConsole()
  page = stipend.page
  const deployments: object[] = []
  for (const [priority, name] of ['A', 'B', 'C'].entries()) {
    const facts = { name: `Vendor ${name}`, vendor: 'openai', api_key: 'sim-none' }
    const { id } = await stipend.callApi('POST', '/providers', facts)
    deployments.push({ provider_id: id, upstream_model: name, priority })
  }
  modelId = (await stipend.callApi('POST', '/models', { name: 'gpt-4o', deployments })).id
  projectId = (await stipend.callApi('POST', '/projects', { name: 'Course' })).id
  await stipend.visit('/physics-lab/routing', 'Routing')
}, 600_000)

afterAll(() => stipend?.close())

describe('the way of a model', { sequential: true }, () => {
  const row = (name: string) => page.locator('li[draggable="true"]').filter({ hasText: `Vendor ${name}` })

  it('is put in order by dragging: into a tier, and between two', async () => {
    await expectRoute('A > B > C')
    await row('C').dragTo(row('A'))
    await expectRoute('A C > B')
    // The line above the first tier.
    await row('B').dragTo(page.locator('section ol > li').first().locator('> [aria-hidden="true"]'))
    await expectRoute('B > A C')
    await stipend.shoot('routing-dragged')
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
    expect(stipend.complaints).toEqual([])
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
    await stipend.shoot('rates-project-wrong')
    await field('Requests a minute').fill('1,200')
    await field('At the same time').fill('8')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('1,200 requests a minute · 8 at the same time').waitFor()
    await stipend.shoot('rates-project')
    const { rpm, tpm, rpd, max_parallel } = await stipend.callApi('GET', `/projects/${projectId}`)
    expect({ rpm, tpm, rpd, max_parallel }).toEqual({ rpm: 1200, tpm: null, rpd: null, max_parallel: 8 })
  })

  it('of the organization are set and lifted on the page of settings, each for itself', async () => {
    const rates = page.getByRole('region', { name: 'Rate limits' })
    const save = async () => {
      await rates.getByRole('button', { name: 'Save changes' }).click()
      // There is nothing left to save once it is saved.
      await rates.locator('button[type=submit]:disabled:not([aria-busy="true"])').waitFor()
    }
    await page.goto('/physics-lab/settings/limits')
    await field('Tokens a minute').fill('500000')
    await field('Requests a day').fill('20000')
    await save()
    // Meanwhile somebody else sets another one.
    await stipend.callApi('PATCH', '/organization', { max_parallel: 50 })
    await field('Requests a day').fill('')
    await save()
    const { rpm, tpm, rpd, max_parallel } = await stipend.callApi('GET', '/organization')
    expect({ rpm, tpm, rpd, max_parallel }).toEqual({ rpm: null, tpm: 500_000, rpd: null, max_parallel: 50 })
    expect(stipend.complaints).toEqual([])
  })

  it('fit a phone in Chinese', async () => {
    const phone = await stipend.browser.newContext({
      storageState: await stipend.context.storageState(),
      baseURL: stipend.url,
      locale: 'zh-CN',
      colorScheme: 'dark',
      viewport: { width: 390, height: 844 },
    })
    const own = await phone.newPage()
    await own.goto('/physics-lab/settings/limits')
    await own.getByRole('region', { name: '速率限制' }).getByLabel('每分钟 Token 数').waitFor()
    await stipend.shoot('rates-phone-zh', own)
    await own.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth)
    await phone.close()
  })
})
