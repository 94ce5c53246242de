import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import OpenAI from 'openai'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { newHome, type RunningStipend, removeHome, startStipend } from '../server/start-stipend.ts'
import { findChromium } from '../support/find-chromium.ts'
import { axeProblems } from './axe-problems.ts'

const pictures = resolve(import.meta.dirname, '../pictures')
const patient = { timeout: 15_000 }

/** The main job in a real browser, from the printed link to a bar on the chart. Each step needs the one before it. */
describe('a lab lead', { sequential: true }, () => {
  let home: string
  let stipend: RunningStipend
  let simulator: Simulator
  let browser: Browser
  let page: Page
  let secret: string
  const complaints: string[] = []

  beforeAll(async () => {
    await mkdir(pictures, { recursive: true })
    home = await newHome()
    simulator = await startSimulator()
    stipend = await startStipend({ home, env: { STIPEND_ALLOW_PRIVATE_UPSTREAMS: 'true' } })
    browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
    const context = await browser.newContext({
      locale: 'en-US',
      timezoneId: 'Asia/Shanghai',
      viewport: { width: 1440, height: 900 },
    })
    page = await context.newPage()
    page.setDefaultTimeout(patient.timeout)
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
  })

  afterAll(async () => {
    await browser?.close()
    await stipend?.stop()
    await simulator?.close()
    if (home) await removeHome(home)
  })

  const go = (path: string) => page.goto(`${stipend.url}/physics-lab${path}`)
  const shoot = (name: string) => page.screenshot({ path: join(pictures, `story-${name}.png`) })
  const see = (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor()

  it('sets Stipend up with the printed link, once', async () => {
    const link = /http\S+\/setup\?token=\S+/.exec(stipend.output())![0]
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      // Who has no link yet reads where it is; the form comes last and stays.
      for (const way of [stipend.url, `${stipend.url}/setup?token=wrong`, link]) {
        await page.goto(way)
        await page.getByRole('heading', { level: 1 }).waitFor()
        expect(await axeProblems(page), `${new URL(way).pathname}, ${colorScheme}`).toEqual([])
      }
    }
    await page.getByLabel('Organization').fill('Physics Lab')
    await page.getByLabel('Your name').fill('Lin Qing')
    await page.getByLabel('E-mail').fill('lin@physics.example')
    await page.locator('input[name=password]').fill('three quiet otters')
    await shoot('1-setup')
    await page.getByRole('button', { name: 'Set up' }).click()
    await page.waitForURL('**/physics-lab')
    await see('Connect a provider')
    await shoot('2-overview-empty')
    const again = await browser.newPage()
    await again.goto(link)
    await again.getByText('Stipend is set up already').waitFor()
    await again.close()
  })

  it('connects a provider and tests it', async () => {
    await go('/providers')
    await page.getByRole('button', { name: 'Add provider' }).first().click()
    await page.getByLabel('Vendor').click()
    await page.getByRole('option', { name: 'Google Vertex AI' }).click()
    // A key file says whose it is, and its private key is not shown.
    const file = { type: 'service_account', project_id: 'our-project', client_email: 'stipend@our-project.example' }
    const drop = async (private_key: string) =>
      page.locator('input[type=file]').setInputFiles({
        name: 'key.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify({ ...file, private_key })),
      })
    await drop('-----BEGIN PRIVATE KEY-----')
    await see(/Its private key is cut off/)
    await drop(`-----BEGIN PRIVATE KEY-----\n${'c2VjcmV0'.repeat(30)}\n-----END PRIVATE KEY-----\n`)
    await see('Service account recognised')
    await see('stipend@our-project.example')
    expect(await page.getByLabel('Project', { exact: true }).inputValue()).toBe('our-project')
    expect(await page.content()).not.toContain('c2VjcmV0')
    await shoot('3-key-file')
    await page.getByLabel('Vendor').click()
    await page.getByRole('option', { name: /OpenAI-compatible/i }).click()
    await page.getByLabel('Name', { exact: true }).fill('Vendor account')
    await page.getByLabel('Base URL').fill(simulator.url)
    await page.getByLabel('API key').fill('sk-vendor-secret-4242')
    await page.getByRole('button', { name: 'Test connection' }).click()
    await see(/models found/)
    await shoot('3-provider')
    await page.getByRole('dialog').getByRole('button', { name: 'Add provider' }).click()
    await page.getByRole('cell', { name: /4242/ }).waitFor()
    expect(await page.content()).not.toContain('sk-vendor-secret-4242')
  })

  it('offers a model at the price of the catalogue', async () => {
    await go('/models/new')
    const upstream = page.getByLabel('Upstream model')
    await upstream.fill('gpt-4o')
    await page.keyboard.press('Escape')
    await see('Use the price catalogue')
    await shoot('4-model')
    await page.getByRole('button', { name: 'Add model' }).click()
    await page.waitForURL(/\/models\/[0-9a-f-]{36}$/)
    await see('2.50')
  })

  it('makes a project', async () => {
    await go('/projects/new')
    await page.getByLabel('Name', { exact: true }).fill('Data group')
    await page.getByRole('button', { name: 'Create project' }).click()
    await page.waitForURL(/\/projects\/[0-9a-f-]{36}/)
    await see('Data group')
  })

  it('makes a key, sees its secret once and tests it there', async () => {
    await go('/keys/new')
    await page.getByLabel('Name', { exact: true }).fill('chen-yu')
    await shoot('5-key')
    await page.getByRole('button', { name: 'Create key' }).click()
    const dialog = page.getByRole('dialog')
    secret = (await dialog.getByText(/^sk-stp-\w{49}$/).textContent())!
    await dialog.getByRole('button', { name: 'Test this key' }).click()
    await dialog.getByText(/Answered in/).waitFor()
    await shoot('6-secret')
    await dialog.getByLabel('I have stored it').click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain(secret)
  })

  it('sees the spend of a call by the official client within seconds, on tile, chart and table', async () => {
    await go('')
    const client = new OpenAI({ apiKey: secret, baseURL: `${stipend.url}/v1`, maxRetries: 0 })
    simulator.control.set({ outputTokens: 5_000 })
    await client.chat.completions.create({
      model: 'gpt-4o',
      messages: [{ role: 'user', content: 'Summarise.' }],
      max_tokens: 5_000,
    })
    const costNanos = simulator.journal.calls.reduce(
      (sum, call) => sum + BigInt(call.promptTokens) * 2_500n + BigInt(call.servedTokens) * 10_000n,
      0n,
    )
    const shown = `$${(Number(costNanos) / 1e9).toFixed(2)}`
    // The page renews itself; nothing is clicked.
    await page.getByText(shown, { exact: true }).first().waitFor()
    await page.getByRole('slider').first().waitFor()
    await shoot('7-overview')
    await go('/requests')
    await page.getByRole('cell', { name: 'chen-yu' }).first().waitFor()
    expect(await page.getByRole('row').count()).toBeGreaterThanOrEqual(3)
    await shoot('8-requests')
  })

  it('pauses the key, and the next call is refused', async () => {
    await go('/keys')
    await page.getByRole('button', { name: /Actions for chen-yu/ }).click()
    await page.getByRole('menuitem', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Pause key' }).click()
    await see('Paused')
    const client = new OpenAI({ apiKey: secret, baseURL: `${stipend.url}/v1`, maxRetries: 0 })
    await expect
      .poll(
        () =>
          client.models.list().then(
            () => 'listed',
            (error: { code: string }) => error.code,
          ),
        { timeout: 2_000 },
      )
      .toBe('key_paused')
  })

  it('reads all of it in Chinese and in the dark, on a phone', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.context().addCookies([{ name: 'stipend_locale', value: 'zh-CN', url: stipend.url }])
    await page.setViewportSize({ width: 390, height: 844 })
    await go('')
    await page.getByRole('heading', { level: 1, name: '概览' }).waitFor()
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    await shoot('9-phone-zh-dark')
  })

  it('meets no error in the browser’s console on the way', () => {
    expect(complaints).toEqual([])
  })
})
