import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { findFreePort } from '../find-free-port.ts'
import { type Account, ensureAccount } from './account.ts'
import { findBinaries } from './binaries.ts'

const run = promisify(execFile)
const startTimeoutMs = 60_000
const stopTimeoutMs = 20_000
/** How soon a server that was killed is started again. */
const watchMs = 1_000
const database = 'stipend'
/**
 * Otherwise glibc hands memory back to the kernel at the end of each statement and asks for it at the next: a sixth of
 * what a reservation costs the server.
 */
const allocator = { MALLOC_TOP_PAD_: String(4 << 20), MALLOC_TRIM_THRESHOLD_: String(32 << 20) }

export interface RunningPostgres {
  /** Connects as the cluster's superuser: for migrations only. */
  databaseUrl: string
  stop(): Promise<void>
}

interface Identity {
  port: number
  password: string
  /** Where the data lies. */
  folder: string
}

/**
 * Runs a real Postgres whose data lies under `home`, on a loopback port of its own. A server that an earlier process
 * left running, because it was killed, is taken over.
 */
export async function startPostgres(home: string): Promise<RunningPostgres> {
  const account = await ensureAccount()
  const identityFile = join(home, 'postgres.json')
  const identity = (await readIdentity(identityFile)) ?? (await newIdentity(home, account))
  const { folder } = identity
  const data = join(folder, 'data')

  const binaries = await findBinaries(account)
  const start = () => launch(binaries.postgres, data, join(home, 'postgres.log'), identity.port, account)
  const left = await runningPid(data)
  if (left === null) {
    if (!(await exists(join(data, 'PG_VERSION')))) await initialise(binaries.initdb, folder, identity, account)
    identity.port = await findFreePort(identity.port)
  }
  let pid = left ?? start()
  await writeFile(identityFile, JSON.stringify(identity), { mode: 0o600 })

  const adminUrl = urlOf(identity, 'postgres')
  await untilReady(adminUrl, pid, join(home, 'postgres.log'))
  await ensureDatabase(adminUrl)
  const watch = setInterval(() => {
    if (!isAlive(pid)) pid = start()
  }, watchMs).unref()
  return {
    databaseUrl: urlOf(identity, database),
    async stop() {
      clearInterval(watch)
      await stop(pid)
    },
  }
}

function urlOf({ port, password }: Identity, name: string): string {
  return `postgresql://stipend:${password}@127.0.0.1:${port}/${name}`
}

async function readIdentity(file: string): Promise<Identity | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Identity
  } catch {
    return null
  }
}

/** Under `home`, or in a shared place when the account of Postgres cannot reach that (a checkout under /root). */
async function newIdentity(home: string, account: Account | null): Promise<Identity> {
  const password = randomBytes(24).toString('base64url')
  const folder = join(home, 'postgres')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (account) await chown(folder, account.uid, account.gid)
  if (!account || (await canEnter(folder, account))) return { port: 0, password, folder }
  // A name of its own, so that a folder which is deleted and made again never meets the data of the one before.
  const elsewhere = join('/var/lib/stipend', randomBytes(8).toString('hex'))
  await mkdir(elsewhere, { recursive: true, mode: 0o755 })
  await chown(elsewhere, account.uid, account.gid)
  return { port: 0, password, folder: elsewhere }
}

async function canEnter(folder: string, account: Account): Promise<boolean> {
  try {
    await run('test', ['-w', folder], { uid: account.uid, gid: account.gid, cwd: '/' })
    return true
  } catch {
    return false
  }
}

/** Makes the cluster beside its final place, so that one cut short is never mistaken for a whole one. */
async function initialise(initdb: string, folder: string, identity: Identity, account: Account | null): Promise<void> {
  const unfinished = join(folder, 'data.new')
  const passwordFile = join(folder, 'password')
  await rm(unfinished, { recursive: true, force: true })
  await rm(join(folder, 'data'), { recursive: true, force: true })
  await writeFile(passwordFile, identity.password, { mode: 0o600 })
  if (account) await chown(passwordFile, account.uid, account.gid)
  try {
    await run(
      initdb,
      [
        `--pgdata=${unfinished}`,
        '--username=stipend',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--no-instructions',
      ],
      { ...account, cwd: '/' },
    )
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(unfinished, join(folder, 'data'))
}

function launch(postgres: string, data: string, logFile: string, port: number, account: Account | null): number {
  const log = openSync(logFile, 'a', 0o600)
  try {
    // In a process group of its own: Ctrl-C in the terminal reaches us alone, and we stop it when our work is done.
    const child = spawn(
      postgres,
      ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'timezone=UTC'],
      { ...account, cwd: '/', env: { ...process.env, ...allocator }, detached: true, stdio: ['ignore', log, log] },
    )
    child.unref()
    if (child.pid === undefined) throw new Error(`Postgres could not be started from ${postgres}.`)
    return child.pid
  } finally {
    closeSync(log)
  }
}

/** The server that runs on this data folder, if one does. */
async function runningPid(data: string): Promise<number | null> {
  try {
    const pid = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0])
    return isAlive(pid) && (await isPostgres(pid)) ? pid : null
  } catch {
    return null
  }
}

/** After a reboot the number in a stale file may be another program's. */
async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform === 'win32') return true
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)])
  return stdout.includes('postgres')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function untilReady(url: string, pid: number, logFile: string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    try {
      await client.connect()
      return
    } catch (error) {
      if (!isAlive(pid) || Date.now() > deadline) {
        throw new Error(`Postgres did not start; ${logFile} says why. (${(error as Error).message})`)
      }
      await sleep(50)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
    if (!rowCount) await client.query(`CREATE DATABASE ${database}`)
  } finally {
    await client.end()
  }
}

/** A fast shutdown: running transactions are undone, everything committed is on disk. */
async function stop(pid: number): Promise<void> {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGINT')
  const deadline = Date.now() + stopTimeoutMs
  while (isAlive(pid) && Date.now() < deadline) await sleep(20)
}

async function exists(path: string): Promise<boolean> {
  return await readFile(path).then(
    () => true,
    () => false,
  )
}
