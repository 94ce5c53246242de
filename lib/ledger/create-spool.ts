import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '../core/ids.ts'
import type { CloseItem } from './close-batch.ts'

const retryMs = 500
const ending = '.jsonl'
const refusedEnding = '.refused'

/** Where closings wait while the database is away. Each is on disk before `keep` resolves, so a restart loses none. */
export interface Spool {
  /** Where the disk takes nothing they wait in memory, and are written as soon as it does. Never rejects. */
  keep(items: CloseItem[]): Promise<void>
  /** Takes over what processes left behind that are gone, and hands it to `commit` at once: before their orphans expire. */
  adopt(): Promise<void>
  /** How many closings wait. */
  size(): number
  close(): Promise<void>
}

/**
 * Keeps closings in `folder`, one file a process named after its node, and hands them to `commit` until it goes through.
 * Several processes may share a folder: one takes another's file only when `findDead` says that its node is gone, and by
 * a rename, which only one of them can win. Handing a closing in twice is harmless: closing is idempotent.
 */
export async function createSpool(options: {
  folder: string
  nodeId: string
  /** Which of these nodes live no more. */
  findDead(nodeIds: string[]): Promise<string[]>
  /** Answers with those that can never go through; they are put aside, so that they hold up no other. */
  commit(items: CloseItem[]): Promise<CloseItem[]>
  onTrouble(error: unknown): void
}): Promise<Spool> {
  const { folder, nodeId } = options
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${nodeId}${ending}`)
  let waiting: CloseItem[] = []
  /** Of those that wait, what the disk has not taken. */
  let unwritten: CloseItem[] = []
  let timer: NodeJS.Timeout | undefined
  let work = Promise.resolve()

  // Everything that touches the file goes through one chain, so that a flush never drops what is being added.
  function inTurn(step: () => Promise<void>): Promise<void> {
    const done = work.then(step)
    work = done.catch(() => {})
    return done
  }

  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0) return
    try {
      const refused = await options.commit(waiting)
      if (refused.length > 0) await append(join(folder, `${nodeId}${refusedEnding}`), refused)
      waiting = []
      unwritten = []
      await rm(path, { force: true })
    } catch (error) {
      options.onTrouble(error)
      await write()
      schedule()
    }
  }

  async function write(): Promise<void> {
    if (unwritten.length === 0) return
    try {
      await append(path, unwritten)
      unwritten = []
    } catch (error) {
      options.onTrouble(error)
    }
  }

  function schedule(): void {
    timer ??= setTimeout(() => void inTurn(flush), retryMs)
  }

  async function takeOver(name: string): Promise<void> {
    // Ours from the rename on, and found by the next process if this one dies in the middle.
    const taken = join(folder, `${nodeId}.${newId()}${ending}`)
    if (!(await renameIfThere(join(folder, name), taken))) return
    await readIn(taken)
  }

  async function readIn(taken: string): Promise<void> {
    const left = parseLines(await readFile(taken, 'utf8'))
    if (left.length > 0) {
      await append(path, left)
      waiting.push(...left)
    }
    await rm(taken, { force: true })
  }

  return {
    keep: (items) =>
      inTurn(async () => {
        waiting.push(...items)
        unwritten.push(...items)
        schedule()
        await write()
      }),
    adopt: () =>
      inTurn(async () => {
        const names = (await readdir(folder)).filter((name) => name.endsWith(ending) && name !== `${nodeId}${ending}`)
        const owners = new Set(names.map(ownerOf).filter((owner) => owner !== nodeId))
        const dead = new Set(owners.size > 0 ? await options.findDead([...owners]) : [])
        for (const name of names) {
          // One that cannot be read keeps none of the others waiting. What was taken and not read is tried again.
          const step = ownerOf(name) === nodeId ? readIn(join(folder, name)) : dead.has(ownerOf(name)) && takeOver(name)
          await Promise.resolve(step).catch(options.onTrouble)
        }
        await flush()
      }),
    size: () => waiting.length,
    async close() {
      clearTimeout(timer)
      await inTurn(flush)
      clearTimeout(timer)
    },
  }
}

function ownerOf(name: string): string {
  return name.slice(0, name.indexOf('.'))
}

/** False when another process was faster. */
async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

async function append(path: string, items: CloseItem[]): Promise<void> {
  // An empty line first: what a write before this one left half done stays a line of its own.
  const text = `\n${items.map((item) => `${JSON.stringify(item, withBigInt)}\n`).join('')}`
  for (;;) {
    const file = await open(path, 'a', 0o600)
    try {
      await file.writeFile(text)
      await file.datasync()
      // Somebody who took this process for dead may have taken the file between two of these steps, and read it already.
      const { ino } = await file.stat()
      if ((await inodeOf(path)) === ino) return
    } finally {
      await file.close()
    }
  }
}

async function inodeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).ino
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function parseLines(text: string): CloseItem[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return []
    try {
      const { kind, outcome } = JSON.parse(line)
      const { createdAt, costNanos, usage, caller, attempts } = outcome
      if (!usage || !caller || !Array.isArray(attempts)) return []
      return [{ kind, outcome: { ...outcome, createdAt: new Date(createdAt), costNanos: BigInt(costNanos) } }]
    } catch {
      return [] // a line that was cut short was never acknowledged: its reservation expires and keeps the estimate
    }
  })
}

function withBigInt(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
