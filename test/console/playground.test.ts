import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { type OpenConsole, openConsole } from './open-console.ts'

const patient = { timeout: 30_000 }
const models = ['gpt-4o', 'gpt-4o-mini', 'o3'] as const

let stipend: OpenConsole
let simulator: Simulator
let page: Page
let keyId: string

beforeAll(async () => {
  simulator = await startSimulator()
  stipend = await openConsole(
    { STIPEND_ALLOW_PRIVATE_UPSTREAMS: 'true' },
    { permissions: ['clipboard-read', 'clipboard-write'] },
  )
  page = stipend.page
  const provider = await stipend.callApi('POST', '/providers', {
    name: 'Vendor',
    vendor: 'openai-compatible',
    base_url: simulator.url,
    api_key: 'sk-vendor',
  })
  for (const name of models) {
    const deployments = [{ provider_id: provider.id, upstream_model: name }]
    const price = { input_per_mtok: '2.5', output_per_mtok: '10' }
    await stipend.callApi('POST', '/models', { name, deployments, price })
  }
  await stipend.callApi('POST', '/projects', { name: 'Optics course' })
  await stipend.visit('/physics-lab/playground', 'Playground')
}, 600_000)

afterAll(async () => {
  await stipend?.close()
  await simulator?.close()
})

/** A click before React has come is lost. */
function whenAlive(of: Page, selector: string) {
  return of.waitForFunction((place) => {
    const element = document.querySelector(place)
    return element !== null && Object.keys(element).some((name) => name.startsWith('__reactProps$'))
  }, selector)
}

describe('the playground', { sequential: true }, () => {
  const question = (index: number) => page.getByRole('region', { name: 'Question and answers' }).nth(index)
  const answer = (turn: number, model: string) => question(turn).getByRole('article', { name: model, exact: true })
  const figure = async (turn: number, model: string, name: string) => {
    const text = answer(turn, model)
      .locator('dl > div', { has: page.getByText(name, { exact: true }) })
      .locator('dd')
    await text.waitFor()
    return (await text.textContent())!
  }
  const ask = async (text: string) => {
    await page.getByLabel('Your message').fill(text)
    await page.keyboard.press('Control+Enter')
  }
  const requests = async (): Promise<{ model: string; status: number; cost_usd: string; input_tokens: number }[]> =>
    (await stipend.callApi('GET', `/requests?key_id=${keyId}`)).data
  const shoot = (name: string, of?: Page) => stipend.shoot(`playground-${name}`, of)

  it('makes a key for who has none, and never shows its secret', async () => {
    await page.getByRole('heading', { name: 'Make a key that pays' }).waitFor()
    await shoot('1-no-key')
    await whenAlive(page, 'main form')
    await page.getByRole('button', { name: 'Make the key' }).click()
    await page.getByRole('heading', { name: 'Ask the first question' }).waitFor()
    const { data } = await stipend.callApi('GET', '/keys')
    expect(data).toHaveLength(1)
    expect(data[0]).toMatchObject({ member_email: 'lin@physics.example', available_usd: '5' })
    keyId = data[0].id
    expect(await page.content()).not.toMatch(/sk-stp-\w{10}/)
    await shoot('2-empty')
  })

  it('asks two models side by side; under each stands what the gateway metered', async () => {
    await page.getByRole('combobox', { name: 'Models' }).click()
    await page.getByRole('option', { name: 'gpt-4o-mini' }).click()
    await page.keyboard.press('Escape')
    await page.getByLabel('System prompt').fill('Answer briefly.')
    await page.getByLabel('Temperature').fill('0.2')
    await ask('What limits the resolution of a lens?')
    for (const model of ['gpt-4o', 'gpt-4o-mini']) {
      const shown = Number((await figure(0, model, 'Cost')).replace('$', ''))
      const booked = (await requests()).find((request) => request.model === model)!
      expect(shown).toBe(Number(booked.cost_usd))
      expect(shown).toBeGreaterThan(0)
      expect(await figure(0, model, 'Tokens in')).toBe(String(booked.input_tokens))
      expect(await figure(0, model, 'First token')).toMatch(/\d/)
    }
    await shoot('3-two')
  })

  it('goes on with what each model said itself', async () => {
    await ask('And of a telescope?')
    const first = Number(await figure(0, 'gpt-4o', 'Tokens in'))
    expect(Number(await figure(1, 'gpt-4o', 'Tokens in'))).toBeGreaterThan(first)
    await figure(1, 'gpt-4o-mini', 'Cost')
    expect(await requests()).toHaveLength(4)
  })

  it('stops in the middle with Escape, and what was served by then is charged', async () => {
    simulator.control.set({ fault: 'hang-mid-stream', faultAtToken: 40, outputTokens: 400 })
    await ask('Tell me more.')
    for (const model of ['gpt-4o', 'gpt-4o-mini']) await answer(2, model).locator('p').first().waitFor()
    // Words are there, and no end of them.
    await expect.poll(() => answer(2, 'gpt-4o').locator('p.whitespace-pre-wrap').count(), patient).toBe(1)
    await expect.poll(() => answer(2, 'gpt-4o-mini').locator('p.whitespace-pre-wrap').count(), patient).toBe(1)
    await page.keyboard.press('Escape')
    for (const model of ['gpt-4o', 'gpt-4o-mini']) {
      await answer(2, model).getByText('Stopped. What had come by then is charged.').waitFor()
      const shown = Number((await figure(2, model, 'Cost')).replace('$', ''))
      const booked = (await requests()).find((request) => request.model === model && request.status === 499)!
      expect(shown).toBe(Number(booked.cost_usd))
      // All 400 tokens would have been 0.004.
      expect(shown).toBeGreaterThan(0)
      expect(shown).toBeLessThan(0.004)
    }
    await shoot('4-stopped')
    simulator.control.reset()
    expect(await stipend.callApi('GET', '/ledger/verify')).toMatchObject({ ok: true })
  })

  it('asks one model again, and goes on from a message that was edited', async () => {
    await answer(2, 'gpt-4o').getByRole('button', { name: 'Ask gpt-4o again' }).click()
    await answer(2, 'gpt-4o').getByText('Stopped.').waitFor({ state: 'detached' })
    await figure(2, 'gpt-4o', 'Cost')
    await question(1).getByRole('button', { name: 'Edit and send again' }).click()
    await page.getByLabel('Edit your message').fill('And of a microscope?')
    await page.keyboard.press('Control+Enter')
    await question(2).waitFor({ state: 'detached' })
    await question(1).getByText('And of a microscope?').waitFor()
    for (const model of ['gpt-4o', 'gpt-4o-mini']) await figure(1, model, 'Cost')
  })

  it('shows the same call as code for a program', async () => {
    await page.getByRole('button', { name: 'View code' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('tab', { name: 'curl' }).waitFor()
    const code = await dialog.getByRole('tabpanel').textContent()
    expect(code).toContain(`${stipend.url}/v1/chat/completions`)
    expect(code).toContain('"temperature": 0.2')
    expect(code).toContain('And of a microscope?')
    await shoot('5-code')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  it('comes back after the page is loaded again, and in another browser by its link', async () => {
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.getByText('Link copied').waitFor()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    // What is in the link is not what a server is asked for.
    expect(new URL(link).pathname + new URL(link).search).toBe('/physics-lab/playground')
    const isKept = () => page.evaluate(() => localStorage.getItem('stipend-playground-physics-lab') ?? '')
    await expect.poll(isKept, patient).toContain('And of a microscope?')
    await page.reload()
    await question(1).getByText('And of a microscope?').waitFor()
    const cookies = (await stipend.context.storageState()).cookies
    const other = await stipend.browser.newContext({ locale: 'en-US', storageState: { cookies, origins: [] } })
    const elsewhere = await other.newPage()
    await elsewhere.goto(link)
    await elsewhere.getByText('And of a microscope?').waitFor(patient)
    expect(await elsewhere.getByLabel('System prompt').inputValue()).toBe('Answer briefly.')
    await other.close()
  })

  it('says in words that the budget does not pay, and where that is explained', async () => {
    await stipend.callApi('PATCH', `/keys/${keyId}`, { budgets: [{ limit_usd: '0.000001', period: 'month' }] })
    await page.getByRole('button', { name: 'Start anew' }).click()
    await ask('One more question.')
    const refusal = answer(0, 'gpt-4o').getByRole('alert')
    await refusal.getByText('The budget does not pay for this call').waitFor()
    await figure(0, 'gpt-4o-mini', 'Cost')
    await shoot('6-over-budget')
    await refusal.getByRole('link', { name: 'What to do' }).click()
    await page.waitForURL('**/physics-lab/help/insufficient_quota')
  })

  it('is clean for axe and fits a phone, in both languages and themes', async () => {
    await stipend.callApi('PATCH', `/keys/${keyId}`, { budgets: [] })
    for (const look of [
      { theme: 'light', locale: 'en-US' },
      { theme: 'dark', locale: 'zh-CN' },
    ] as const) {
      const cookies = (await stipend.context.storageState()).cookies.filter(({ name }) => !name.includes('locale'))
      const own = await stipend.browser.newContext({
        storageState: { cookies, origins: [] },
        baseURL: stipend.url,
        colorScheme: look.theme,
        locale: look.locale,
        viewport: { width: 390, height: 844 },
      })
      own.setDefaultTimeout(patient.timeout)
      const phone = await own.newPage()
      await phone.goto('/physics-lab/playground')
      await whenAlive(phone, 'main textarea')
      await phone.getByRole('combobox', { name: /^(Models|模型)$/ }).click()
      for (const model of ['gpt-4o-mini', 'o3']) await phone.getByRole('option', { name: model }).click()
      await phone.keyboard.press('Escape')
      await phone.getByRole('textbox', { name: /^(Your message|您的消息)$/ }).fill('为什么天空是蓝色的？')
      await phone.getByRole('button', { name: /^(Send|发送)$/ }).click()
      // The columns that do not show are answered, too.
      await expect.poll(() => phone.locator('article dl').count(), patient).toBe(3)
      await phone.getByRole('button', { name: 'o3', exact: true }).click()
      await phone.getByRole('article', { name: 'o3' }).locator('dl').waitFor()
      await shoot(`phone-${look.theme}-${look.locale}`, phone)
      await phone.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth)
      const violations: string[] = []
      for (const width of [390, 1440]) {
        await phone.setViewportSize({ width, height: 900 })
        const seen = await new AxeBuilder({ page: phone })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
          .analyze()
        for (const { id, nodes } of seen.violations)
          violations.push(...nodes.map((node) => `${width} ${id}: ${node.target.join(' ')}`))
      }
      await shoot(`desk-${look.theme}-${look.locale}`, phone)
      expect(violations).toEqual([])
      await own.close()
    }
    expect(stipend.complaints).toEqual([])
  })
})
