import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'

const answerTimeoutMs = 1_000

/**
 * Makes this process the only one on a data folder, and returns the way to give it up. The holder answers on a
 * loopback port with a word that only the lock file knows: a file that a killed process left behind names nobody.
 */
export async function lockHome(home: string): Promise<() => Promise<void>> {
  await mkdir(home, { recursive: true, mode: 0o755 })
  const file = join(home, 'lock.json')
  const word = randomUUID()
  const server = createServer((socket) => socket.end(word))
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  server.unref()
  for (let attempt = 0; ; attempt++) {
    try {
      await writeFile(file, JSON.stringify({ pid: process.pid, port, word }), { flag: 'wx', mode: 0o600 })
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 3) throw error
      const holder = await readHolder(file)
      if (holder && (await answers(holder))) {
        server.close()
        throw new Error(
          `Another Stipend (process ${holder.pid}) runs on ${home}. Stop it, or set STIPEND_HOME to another folder.`,
        )
      }
      await rm(file, { force: true })
    }
  }
  return async () => {
    server.close()
    await rm(file, { force: true })
  }
}

interface Holder {
  pid: number
  port: number
  word: string
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

function answers(holder: Holder): Promise<boolean> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(holder.port, '127.0.0.1')
    socket.setTimeout(answerTimeoutMs, () => socket.destroy())
    socket.on('data', (chunk) => {
      said += chunk.toString()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(said === holder.word))
  })
}
