import { generateSync } from 'otplib'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
  type Response,
} from 'playwright-core'
import { newHome, type RunningStipend, removeHome, startStipend } from '../server/start-stipend.ts'
import { findChromium } from '../support/find-chromium.ts'
import { axeProblems } from './axe-problems.ts'
import { pageRoutes, pathOf } from './page-routes.ts'
import { whenAlive } from './when-alive.ts'

const studentPassword = 'four loud badgers'
/** A machine that others keep busy is waited for. */
const patienceMs = 90_000

/** The owner of the demo lab; a student who is refused; one who has yet to show the second factor; nobody known. */
export type Who = 'owner' | 'student' | 'halfway' | 'stranger'

export interface Stop {
  /** What opens on it is looked up by this; empty: another look at a page whose overlays have been opened. */
  route: string
  /** Without the origin. */
  path: string
  who: Who
  status: number
}

/** The demo lab, everybody who looks at it, and every page that there is to be looked at. */
export interface Walk {
  stops: readonly Stop[]
  /** What axe found in dialogs that come only once, when a secret is shown. */
  onTheWay: readonly string[]
  /** A page of one of them, in a browser of their own that has seen nothing yet. */
  openAs(who: Who, options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>

/** Starts the demo lab and does what has to have been done for each page of it to be reached. */
export async function openWalk(): Promise<Walk> {
  const home = await newHome()
  let stipend: RunningStipend | undefined
  let browser: Browser | undefined
  const close = async () => {
    await browser?.close()
    await stipend?.stop()
    await removeHome(home)
  }
  try {
    stipend = await startStipend({ home, args: ['--demo'], env: { STIPEND_DESIGN: '1' } })
    browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
    return { ...(await prepare(stipend, browser)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function prepare(stipend: RunningStipend, browser: Browser): Promise<Omit<Walk, 'close'>> {
  const onTheWay: string[] = []
  const states: Partial<Record<Who, State>> = { stranger: { cookies: [], origins: [] } }
  const open = async (who: Who, options: BrowserContextOptions = {}) => {
    const { cookies, origins } = states[who]!
    const context = await browser.newContext({
      baseURL: stipend.url,
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      locale: 'en-US',
      // The browser's language decides.
      storageState: { origins, cookies: cookies.filter(({ name }) => !name.includes('locale')) },
      ...options,
    })
    context.setDefaultTimeout(patienceMs)
    return await context.newPage()
  }
  const leave = async (page: Page) => {
    const state = await page.context().storageState()
    await page.context().close()
    return state
  }

  const [, email, password] = /sign in at \S+ as (\S+) with the password (\S+)/.exec(stipend.output())!
  const page = await open('stranger')
  await signIn(page, email!, password!)
  await page.locator('aside nav a').first().waitFor()
  const organization = new URL(page.url()).pathname.slice(1)
  const ask = callerOf(stipend.url, await newManagementKey(page, organization, onTheWay))
  states.owner = await leave(page)

  const first = async (list: string) => (await ask('GET', `/${list}`)).data[0]
  const [key, project, model] = [await first('keys'), await first('projects'), await first('models')]
  const members: { id: string; email: string }[] = (await ask('GET', '/members')).data
  const [student, invited] = members.filter((member) => member.email !== email)
  if (!student || !invited) throw new Error('The demo lab has not enough students.')
  const linkTo = async (memberId: string) =>
    `/join?token=${(await ask('POST', `/members/${memberId}/access-link`)).token}`
  const invitation = await linkTo(invited.id)
  await letStudentAskForMore(stipend.url, ask, project.id, student.email, project.models[0])

  const claiming = await open('stranger')
  await takeLink(claiming, await linkTo(student.id), onTheWay)
  states.student = await leave(claiming)

  const { data: requests } = await ask('GET', '/requests?limit=1')
  const stops = await stopsOf(
    { organization, key: key.id, project: project.id, model: model.id, member: student.id },
    requests[0].id,
    invitation,
  )
  return {
    stops,
    onTheWay,
    async openAs(who, options) {
      if (who !== 'halfway') return open(who, options)
      const page = await open('stranger', options)
      await signIn(page, student.email, studentPassword)
      await page.locator('input[name=code]').waitFor()
      return page
    },
  }
}

/** Every page of the app folder, and what the same pages say to others and of what is not there. */
async function stopsOf(places: Record<string, string>, requestId: string, invitation: string): Promise<Stop[]> {
  const at = `/${places.organization}`
  const more = { code: 'insufficient_quota', rest: 'projects', group: 'keys' }
  const fromFiles = (await pageRoutes()).map(({ route, group }) => ({
    route,
    path: pathOf(route, { ...places, ...more }),
    who: whoSees(route, group),
    status: 200,
  }))
  const others: Stop[] = [
    { route: '/me', path: '/me', who: 'student', status: 200 },
    { route: '/me/account', path: '/me/account', who: 'student', status: 200 },
    { route: '', path: `${at}/settings`, who: 'student', status: 200 },
    { route: '', path: `${at}/nothing`, who: 'owner', status: 404 },
    { route: '', path: invitation, who: 'stranger', status: 200 },
    { route: '', path: '/reset?token=gone', who: 'stranger', status: 200 },
    { route: '', path: '/sign-in?error=wrong', who: 'stranger', status: 200 },
    { route: '', path: '/setup?token=gone', who: 'stranger', status: 200 },
    { route: '', path: `${at}/usage?group=key&split=model&compare=1`, who: 'owner', status: 200 },
    { route: '', path: `${at}/requests?request=${requestId}`, who: 'owner', status: 200 },
  ]
  return [...fromFiles, ...others]
}

function whoSees(route: string, group: string | null): Who {
  if (route === '/sign-in/verify') return 'halfway'
  return group === '(auth)' || route === '/' ? 'stranger' : 'owner'
}

async function visit(page: Page, path: string): Promise<Response | null> {
  const answer = await page.goto(path)
  await whenAlive(page)
  return answer
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await visit(page, '/sign-in')
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.locator('button[type=submit]').click()
}

/** Made by hand, as its owner does it; its dialogs are looked at on the way. */
async function newManagementKey(page: Page, organization: string, onTheWay: string[]): Promise<string> {
  await visit(page, `/${organization}/settings/management-keys`)
  await page.getByRole('button', { name: 'New management key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('walk')
  onTheWay.push(...(await axeProblems(page, '[role=dialog]')))
  await dialog.locator('button[type=submit]').click()
  const secret = await dialog
    .getByText(/^mk-stp-\w+$/)
    .first()
    .textContent()
  onTheWay.push(...(await axeProblems(page, '[role=dialog]')))
  return secret!
}

// biome-ignore lint/suspicious/noExplicitAny: what a walk reads of an answer it holds against what it expects.
type Call = (method: string, path: string, body?: object) => Promise<any>

function callerOf(url: string, managementKey: string): Call {
  return async (method, path, body) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${managementKey}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
}

/** A call that the budget cannot pay, and the wish for more: what a page of the student's and one of the lead's say then. */
async function letStudentAskForMore(url: string, ask: Call, projectId: string, email: string, model: string) {
  const key = await ask('POST', '/keys', {
    name: 'short',
    project_id: projectId,
    member_email: email,
    budgets: [{ period: 'month', limit_usd: '0.000001' }],
  })
  const answer = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] }),
  })
  if (answer.status !== 402) throw new Error(`A call that no budget can pay had ${answer.status} for an answer.`)
  await ask('POST', '/asks', { key_id: key.id, amount_usd: '5', purpose: 'The last chapter' })
}

/** Takes the link, and turns a second factor on; its dialogs are looked at on the way. */
async function takeLink(page: Page, link: string, onTheWay: string[]): Promise<void> {
  await visit(page, link)
  await page.locator('input[name=password]').fill(studentPassword)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => url.pathname !== '/join')
  await visit(page, '/me/account')
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.locator('input[name=proof]').fill(studentPassword)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.locator('[role=dialog] code').waitFor()
  onTheWay.push(...(await axeProblems(page, '[role=dialog]')))
  const secret = (await page.locator('[role=dialog] code').textContent())!.replaceAll(' ', '')
  await page.locator('input[name=code]').fill(generateSync({ secret, epoch: Math.floor(Date.now() / 1000) }))
  await page.getByRole('button', { name: 'Turn on' }).click()
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  onTheWay.push(...(await axeProblems(page, '[role=dialog]')))
}
