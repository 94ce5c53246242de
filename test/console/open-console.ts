import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { newHome, removeHome, startStipend } from '../server/start-stipend.ts'
import { findChromium } from '../support/find-chromium.ts'

const pictures = resolve(import.meta.dirname, '../pictures')
const managementKey = `mk-stp-${'a'.repeat(40)}`
const [email, password] = ['lin@physics.example', 'three quiet otters']

/** Stipend with the Physics Lab, and its owner in a browser. */
export interface OpenConsole {
  url: string
  browser: Browser
  context: BrowserContext
  page: Page
  /** What went wrong in the browser. */
  complaints: readonly string[]
  /** Calls the management API, which has to agree, and gives its answer. */
  callApi(method: string, path: string, body?: object): Promise<Answer>
  /** Signs in and opens a page of the lab's, by the heading that it has. */
  visit(path: string, heading: string): Promise<void>
  /** Keeps a picture, of its page where no other is named. */
  shoot(name: string, of?: Page): Promise<unknown>
  close(): Promise<void>
}

// biome-ignore lint/suspicious/noExplicitAny: what a test reads of an answer it holds against what it expects.
type Answer = any

/** Starts Stipend on a database of its own, and a browser that waits half a minute for what it looks for. */
export async function openConsole(
  env: Record<string, string> = {},
  options: BrowserContextOptions = {},
): Promise<OpenConsole> {
  await mkdir(pictures, { recursive: true })
  const home = await newHome()
  const stipend = await startStipend({
    home,
    env: {
      STIPEND_BOOTSTRAP_ORGANIZATION: 'Physics Lab',
      STIPEND_BOOTSTRAP_EMAIL: email,
      STIPEND_BOOTSTRAP_PASSWORD: password,
      STIPEND_BOOTSTRAP_MANAGEMENT_KEY: managementKey,
      ...env,
    },
  })
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
  const viewport = { width: 1440, height: 900 }
  const context = await browser.newContext({ baseURL: stipend.url, locale: 'en-US', viewport, ...options })
  context.setDefaultTimeout(30_000)
  const complaints: string[] = []
  context.on('weberror', (error) => complaints.push(String(error.error())))
  const page = await context.newPage()
  return {
    url: stipend.url,
    browser,
    context,
    page,
    complaints,
    async callApi(method, path, body) {
      const headers = { authorization: `Bearer ${managementKey}`, 'content-type': 'application/json' }
      const answer = await fetch(`${stipend.url}/api/v1${path}`, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true)
      return answer.json()
    },
    async visit(path, heading) {
      await page.goto(`/sign-in?next=${encodeURIComponent(path)}`)
      await page.locator('input[name=email]').fill(email)
      await page.locator('input[name=password]').fill(password)
      await page.locator('button[type=submit]').click()
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    },
    shoot: (name, of = page) => of.screenshot({ path: join(pictures, `${name}.png`), fullPage: true }),
    async close() {
      await browser.close()
      await stipend.stop()
      await removeHome(home)
    },
  }
}
