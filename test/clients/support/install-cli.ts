import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const cache = resolve(import.meta.dirname, '../../../node_modules/.cache/clis')

/** With `npm run prove -- clis` as long as it takes; among all the other tests it may not hold them up. */
const patienceMs = process.env.PROVE_SEEDS === undefined ? 50_000 : 1_800_000

/** What one of them takes, unpacked, and what the machine should still have then. */
const roomBytes = 3_000_000_000

export interface CliPackage {
  name: string
  /** Exact: what it sends is what is tested. */
  version: string
  /** Its program, below its own folder. */
  entry: string
  /** Parts of it for this system are packages of their own. */
  hasNativeParts: boolean
}

/** Where its program is; fetched on first use, with the registry that npm is set to. Else why it cannot be had here. */
export async function installCli(wanted: CliPackage): Promise<{ program: string } | { missing: string }> {
  const { name, version, entry, hasNativeParts } = wanted
  const home = join(cache, `${name.replace(/^\W+/, '').replace(/\W+/g, '-')}-${version}`)
  const program = join(home, 'node_modules', name, entry)
  if (existsSync(program)) return { program }
  mkdirSync(cache, { recursive: true })
  const { bavail, bsize } = statfsSync(cache)
  if (bavail * bsize < roomBytes) return { missing: 'the disk is too full for it' }
  const folder = mkdtempSync(`${home}-`)
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
  if (!hasNativeParts) flags.push('--omit=optional')
  const failure = await run(['install', '--prefix', folder, ...flags, `${name}@${version}`], folder)
  // Somebody else may have been faster.
  if (failure === null && !existsSync(home)) renameSync(folder, home)
  rmSync(folder, { recursive: true, force: true })
  return existsSync(program) ? { program } : { missing: failure ?? 'it is not made for this system' }
}

/** Null when it went well. */
function run(args: string[], cwd: string): Promise<string | null> {
  return new Promise((resolve) => {
    const isWindows = process.platform === 'win32'
    const stdio = ['ignore', 'ignore', 'pipe'] as const
    const child = spawn('npm', args, {
      cwd,
      stdio: [...stdio],
      shell: isWindows,
      timeout: patienceMs,
      killSignal: 'SIGKILL',
    })
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += chunk
    })
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => {
      if (code === 0) resolve(null)
      else resolve(signal ? `npm was not done after ${patienceMs / 1000} s` : said.trim() || `npm ended with ${code}`)
    })
  })
}
