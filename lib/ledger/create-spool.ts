import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CloseItem } from './close-batch.ts'

const retryMs = 500

/** Where closings wait while the database is away. Each is on disk before `keep` resolves, so a restart loses none. */
export interface Spool {
  keep(items: CloseItem[]): Promise<void>
  /** How many closings wait. */
  size(): number
  close(): Promise<void>
}

/**
 * Keeps closings in `folder`, one file a process, and hands them to `commit` until it goes through. Files that a
 * process before this one left behind are taken over first. Handing one in twice is harmless: closing is idempotent.
 */
export async function createSpool(options: {
  folder: string
  nodeId: string
  commit(items: CloseItem[]): Promise<void>
  onTrouble(error: unknown): void
}): Promise<Spool> {
  await mkdir(options.folder, { recursive: true })
  const path = join(options.folder, `${options.nodeId}.jsonl`)
  let waiting: CloseItem[] = []
  let timer: NodeJS.Timeout | undefined
  let work = Promise.resolve()

  // Everything that touches the file goes through one chain, so that a flush never drops what is being added.
  function inTurn(step: () => Promise<void>): Promise<void> {
    const done = work.then(step)
    work = done.catch(() => {})
    return done
  }

  async function flush(): Promise<void> {
    timer = undefined
    if (waiting.length === 0) return
    try {
      await options.commit(waiting)
      waiting = []
      await rm(path, { force: true })
    } catch (error) {
      options.onTrouble(error)
      schedule()
    }
  }

  function schedule(): void {
    timer ??= setTimeout(() => void inTurn(flush), retryMs)
  }

  for (const name of await readdir(options.folder)) {
    if (!name.endsWith('.jsonl')) continue
    const left = parseLines(await readFile(join(options.folder, name), 'utf8'))
    waiting.push(...left)
    if (waiting.length > 0) await append(path, left)
    await rename(join(options.folder, name), join(options.folder, `${name}.taken`))
    await rm(join(options.folder, `${name}.taken`))
  }
  if (waiting.length > 0) schedule()

  return {
    keep: (items) =>
      inTurn(async () => {
        await append(path, items)
        waiting.push(...items)
        schedule()
      }),
    size: () => waiting.length,
    async close() {
      clearTimeout(timer)
      await inTurn(flush)
      clearTimeout(timer)
    },
  }
}

async function append(path: string, items: CloseItem[]): Promise<void> {
  const file = await open(path, 'a', 0o600)
  try {
    await file.writeFile(items.map((item) => `${JSON.stringify(item, withBigInt)}\n`).join(''))
    await file.datasync()
  } finally {
    await file.close()
  }
}

function parseLines(text: string): CloseItem[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return []
    try {
      const item = JSON.parse(line)
      item.outcome.createdAt = new Date(item.outcome.createdAt)
      item.outcome.costNanos = BigInt(item.outcome.costNanos)
      return [item as CloseItem]
    } catch {
      return [] // a line that the power cut short was never acknowledged
    }
  })
}

function withBigInt(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
