import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { startAlertWorker } from '#lib/alerts/start-alert-worker.ts'
import { migrate } from '#lib/db/migrate.ts'
import { provision } from '#lib/db/provision.ts'
import { environment, readEnvironment } from '#lib/environment.ts'
import { liveHub } from '#lib/live/live-hub.ts'
import { bootstrap } from '#lib/setup/bootstrap.ts'
import { ensureSetupToken } from '#lib/setup/ensure-setup-token.ts'
import { readBootstrap } from '#lib/setup/read-bootstrap.ts'
import { countTokens } from '#proxy/metering/count-tokens.ts'
import { nodeHttp } from '#proxy/mounts/node-http.ts'
import type { ComposedGateway } from './compose-gateway.ts'
import { type Demo, startDemo } from './demo/start-demo.ts'
import { lockHome } from './lock-home.ts'
import { onStop } from './on-stop.ts'
import { openConsole } from './open-console.ts'
import { type RunningPostgres, startPostgres } from './postgres/start-postgres.ts'
import { readSecret } from './read-secret.ts'
import { serve } from './serve.ts'
import { sharedGateway } from './shared-gateway.ts'

const isDemo = process.argv.includes('--demo')
const isDev = process.argv.includes('--dev')

/** What has been started, in order: stopped the other way round. */
const started: { stop(): Promise<unknown> }[] = []

onStop(async () => {
  for (const part of started.reverse()) await part.stop()
})

try {
  await start()
} catch (error) {
  for (const part of started.reverse()) await part.stop().catch(() => {})
  process.stderr.write(`stipend could not start: ${(error as Error).message}\n`)
  if (process.env.LOG_LEVEL === 'debug') process.stderr.write(`${(error as Error).stack}\n`)
  process.exit(1)
}

async function start(): Promise<void> {
  const home = resolve(process.env.STIPEND_HOME || './.stipend')
  process.env.STIPEND_HOME = home
  if (isDemo) process.env.STIPEND_ALLOW_PRIVATE_UPSTREAMS ??= 'true'

  if (process.env.DATABASE_URL) {
    if (!process.env.STIPEND_SECRET) throw new Error('STIPEND_SECRET is required when DATABASE_URL is set.')
    await mkdir(home, { recursive: true })
  } else {
    // A wrong setting is said before a database is made for it.
    readEnvironment({ ...process.env, DATABASE_URL: 'postgresql://embedded', STIPEND_SECRET: 'x'.repeat(32) })
    const unlock = await lockHome(home)
    started.push({ stop: unlock })
    process.env.STIPEND_SECRET ??= await readSecret(home)
    const postgres: RunningPostgres = await startPostgres(home)
    started.push(postgres)
    process.env.DATABASE_URL = postgres.databaseUrl
  }

  const settings = environment()
  await migrate(settings.DATABASE_URL)
  await provision(settings.DATABASE_URL, settings.STIPEND_SECRET)
  const headless = readBootstrap(settings)
  if (headless) await bootstrap(headless)

  const composed: ComposedGateway = await sharedGateway()
  started.push({ stop: composed.close })
  const demo: Demo | null = isDemo ? await startDemo(home) : null
  if (demo) started.push({ stop: demo.stop })

  // The first estimate would otherwise wait for the tokenizer's tables.
  await countTokens([''], 'o200k')

  const page = await openConsole({ dev: isDev, host: settings.HOST, port: settings.PORT })
  const server = await serve({
    host: settings.HOST,
    port: settings.PORT,
    gateway: nodeHttp(composed.gateway),
    console: page.handle,
    drainMs: settings.STIPEND_DRAIN_SECONDS * 1000,
  })
  started.push({ stop: page.close })
  started.push(server)
  // The streams of open pages would never end by themselves.
  started.push({ stop: liveHub().close })

  const host = settings.HOST.includes(':') ? `[${settings.HOST}]` : settings.HOST
  const url = settings.PUBLIC_URL ?? `http://${host}:${server.port}`
  started.push(startAlertWorker({ baseUrl: url }))
  const setupToken = await ensureSetupToken()
  if (setupToken) say(`\nSet up Stipend with this link, once:\n\n  ${url}/setup?token=${setupToken}\n`)
  if (demo) say(demo.describe(url))
  say(`stipend ready on ${url}`)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
