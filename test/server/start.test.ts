import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newHome, type RunningStipend, removeHome, startStipend } from './start-stipend.ts'

const managementKey = 'mk-stp-abcdefghijklmnopqrstuvwxyz0123456789'
const bootstrap = {
  STIPEND_BOOTSTRAP_ORGANIZATION: 'Lab',
  STIPEND_BOOTSTRAP_EMAIL: 'owner@lab.example',
  STIPEND_BOOTSTRAP_MANAGEMENT_KEY: managementKey,
}

describe('npm start', () => {
  let home: string
  let running: RunningStipend

  beforeAll(async () => {
    home = await newHome()
    running = await startStipend({ home, env: bootstrap })
  })

  afterAll(async () => {
    await running?.stop()
    await removeHome(home)
  })

  const status = async (path: string) => (await fetch(running.url + path)).status

  it('serves console, gateway, management API and health on one port', async () => {
    expect(await status('/healthz')).toBe(200)
    expect(await status('/readyz')).toBe(200)
    expect(await (await fetch(`${running.url}/metrics`)).text()).toMatch(
      /^stipend_nodejs_eventloop_lag_p99_seconds \d/m,
    )
    expect(await status('/sign-in')).toBe(200)
    expect(await status('/v1/models')).toBe(401)
    const answer = await fetch(`${running.url}/api/v1/keys`, { headers: { authorization: `Bearer ${managementKey}` } })
    expect(await answer.json()).toEqual({ data: [], next_cursor: null })
  })

  it('keeps its secrets from other users of the machine', async () => {
    for (const file of ['secret', 'postgres.json']) expect((await stat(join(home, file))).mode & 0o077).toBe(0)
  })

  it('refuses a second copy on the same folder, and says so in one line', async () => {
    await expect(startStipend({ home })).rejects.toThrow(/Another Stipend \(process \d+\) runs on .*STIPEND_HOME/)
    expect(await status('/readyz')).toBe(200)
  })

  it('answers 503 while the database is away, and recovers by itself', async () => {
    const log = await readFile(join(home, 'postgres.json'), 'utf8')
    expect(log).toContain('port')
    const { postmaster } = await postmasterOf(home)
    process.kill(postmaster, 'SIGKILL')
    await expect.poll(() => status('/readyz'), { timeout: 10_000, interval: 20 }).toBe(503)
    await expect.poll(() => status('/readyz'), { timeout: 30_000 }).toBe(200)
  })

  it('survives kill -9: the next start takes over what was left', async () => {
    process.kill(await running.mainPid(), 'SIGKILL')
    running = await startStipend({ home })
    const answer = await fetch(`${running.url}/api/v1/keys`, { headers: { authorization: `Bearer ${managementKey}` } })
    expect(answer.status).toBe(200)
  })

  it('stops cleanly, its Postgres with it, although a browser holds a connection on which it asked nothing', async () => {
    const { postmaster } = await postmasterOf(home)
    const idle = connect(Number(new URL(running.url).port), '127.0.0.1').on('error', () => {})
    await once(idle, 'connect')
    expect(await running.stop('SIGTERM')).toBe(0)
    expect(() => process.kill(postmaster, 0)).toThrow('ESRCH')
    running = await startStipend({ home })
  })
})

describe('a wrong setting', () => {
  it.each([
    [{ PORT: 'eighty' }, 'PORT'],
    [{ DATABASE_URL: 'mysql://x', STIPEND_SECRET: 'x'.repeat(32) }, 'DATABASE_URL must be a postgresql:// URL'],
    [{ DATABASE_URL: 'postgresql://x' }, 'STIPEND_SECRET is required'],
    [{ STIPEND_ALLOW_PRIVATE_UPSTREAMS: 'maybe' }, 'STIPEND_ALLOW_PRIVATE_UPSTREAMS'],
    [{ STIPEND_BOOTSTRAP_ORGANIZATION: 'Lab' }, 'STIPEND_BOOTSTRAP_EMAIL is required'],
  ])('%o stops the start with one line', async (env, says) => {
    const home = await newHome()
    const failure: Error = await startStipend({ home, env: env as Record<string, string> }).then(
      () => new Error('it started'),
      (error) => error,
    )
    expect(failure.message).toContain(says)
    expect(failure.message.trim().split('\n')).toHaveLength(1)
    await removeHome(home)
  })
})

async function postmasterOf(home: string): Promise<{ postmaster: number }> {
  const pidFile = await readFile(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8')
  return { postmaster: Number(pidFile.split('\n')[0]) }
}
