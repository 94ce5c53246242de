import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

interface Run {
  program: string
  args: string[]
  env: Record<string, string>
  /** Below its home, by their paths. */
  files: Record<string, string>
  /** Where all goes that is for nobody near. */
  proxyUrl: string
}

export interface Ran {
  code: number | null
  written: string
  /** What it wrote beside, for people. */
  told: string
  /** Where it worked. */
  workplace: string
}

/** A home and a workplace that are thrown away. */
export function openPlace(): { home: string; workplace: string; close(): void } {
  const root = mkdtempSync(join(tmpdir(), 'stipend-cli-'))
  const place = { home: join(root, 'home'), workplace: join(root, 'work') }
  for (const folder of [place.home, place.workplace, join(root, 'tmp')]) mkdirSync(folder)
  return { ...place, close: () => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }) }
}

/** Runs it to its end with no more of this machine than its path: no keys, no settings, no way out. */
export async function runCli(place: { home: string; workplace: string }, run: Run): Promise<Ran> {
  const { home, workplace } = place
  for (const [path, text] of Object.entries(run.files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), text)
  }
  const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()])
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    HOME: home,
    TMPDIR: join(dirname(home), 'tmp'),
    ...Object.fromEntries(proxies.map((name) => [name, run.proxyUrl])),
    NO_PROXY: '127.0.0.1',
    no_proxy: '127.0.0.1',
    ...run.env,
  }
  const child = spawn(process.execPath, [run.program, ...run.args], {
    cwd: workplace,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    written += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    told += text
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { code, written, told, workplace }
}
