import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import type { Call } from './call.ts'

export interface Journal {
  /** In the order of their arrival. */
  readonly calls: readonly Call[]
  /** Resolves when no call is open: then the figures are final. */
  whenIdle(): Promise<void>
  /** Forgets all calls, also those on disk. */
  reset(): void
}

/** What only the vendor itself may do. */
export interface JournalKeeper extends Journal {
  open(call: Call): void
  /** Every change goes through here, so that memory and disk agree. */
  update(call: Call, changes: Partial<Call>): void
  /** Ends a call that is still open. */
  end(call: Call, outcome: Exclude<Call['outcome'], 'open'>): void
  close(): void
}

/** Keeps calls in memory and, with a file, writes each change as one line before anyone can see its effect. */
export function createJournal(file: string | null): JournalKeeper {
  const descriptor = file === null ? null : openSync(file, 'a')
  let calls: Call[] = []
  let open = 0
  let waiting: (() => void)[] = []

  function write(line: object): void {
    if (descriptor !== null) writeSync(descriptor, `${JSON.stringify(line)}\n`)
  }

  function update(call: Call, changes: Partial<Call>): void {
    Object.assign(call, changes)
    write({ id: call.id, ...changes })
  }

  return {
    get calls() {
      return calls
    },
    whenIdle: () => (open === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    reset() {
      calls = []
      if (descriptor !== null) ftruncateSync(descriptor)
    },
    open(call) {
      calls.push(call)
      open++
      write(call)
    },
    update,
    end(call, outcome) {
      if (call.outcome !== 'open') return
      update(call, { outcome })
      if (--open > 0) return
      for (const resolve of waiting) resolve()
      waiting = []
    },
    close() {
      if (descriptor !== null) closeSync(descriptor)
    },
  }
}
