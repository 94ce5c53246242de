import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The system account that Postgres runs as when we are root, which it refuses to be. */
export interface Account {
  uid: number
  gid: number
}

/** Null when we are an ordinary user and Postgres can simply run as us. Makes the account when it is missing. */
export async function ensureAccount(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'stipend', 'nobody']) {
    const account = await findAccount(name)
    if (account) return account
  }
  await run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'stipend'])
  const made = await findAccount('stipend')
  if (!made)
    throw new Error(
      'Postgres does not run as root and no account could be made for it. Start as another user or set DATABASE_URL.',
    )
  return made
}

async function findAccount(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return null
  }
}
