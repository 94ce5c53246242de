import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findFreePort } from '../../server/find-free-port.ts'

const root = resolve(import.meta.dirname, '../..')

export interface RunningStipend {
  url: string
  home: string
  /** All that it printed. */
  output(): string
  /** The process that serves, below the one that starts it. */
  mainPid(): Promise<number>
  /** Ctrl-C, and the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number>
}

export interface StartOptions {
  home?: string
  port?: number
  args?: string[]
  env?: Record<string, string>
}

/** `npm start` as a person does it; resolves when it says that it is ready, rejects with its output when it ends first. */
export async function startStipend(options: StartOptions = {}): Promise<RunningStipend> {
  const home = options.home ?? (await newHome())
  const port = options.port ?? (await findFreePort())
  let output = ''
  const child: ChildProcess = spawn('node', [join(root, 'server', 'start.mjs'), ...(options.args ?? [])], {
    cwd: root,
    env: { ...cleanEnvironment(), PORT: String(port), STIPEND_HOME: home, LOG_LEVEL: 'warn', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)))
  const ready = new Promise<void>((done) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('stipend ready on ')) done()
    }
    child.stdout!.on('data', read)
    child.stderr!.on('data', read)
  })
  await Promise.race([
    ready,
    exited.then((code) => {
      throw new Error(`ended with ${code}: ${output}`)
    }),
  ])
  return {
    url: /stipend ready on (\S+)/.exec(output)![1]!,
    home,
    output: () => output,
    mainPid: () => childOf(child.pid!),
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return await exited
    },
  }
}

/** A data folder that the account of Postgres can reach, as in an ordinary checkout. */
export async function newHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'stipend-home-'))
  await chmod(home, 0o755)
  return home
}

export function removeHome(home: string): Promise<void> {
  return rm(home, { recursive: true, force: true })
}

/** Without what the test run itself has set. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(DATABASE_URL|TEST_DATABASE_URL|STIPEND_|PUBLIC_URL|VITEST|NODE_ENV|LOG_LEVEL)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))) as NodeJS.ProcessEnv
}

function childOf(pid: number): Promise<number> {
  return new Promise((done, fail) => {
    const ps = spawn('pgrep', ['-P', String(pid)])
    ps.once('error', fail)
    ps.stdout.once('data', (chunk: Buffer) => done(Number(chunk.toString().trim())))
  })
}
