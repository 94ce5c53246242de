import { appendFileSync } from 'node:fs'

/** One call as the vendor saw it: the ground truth that ledgers are held against. */
export interface Call {
  id: number
  at: string
  credential: string
  model: string
  stream: boolean
  promptTokens: number
  /** Written to the connection so far. */
  servedTokens: number
  status: number | null
  /** What the caller was told; null when nothing was. */
  reported: Record<string, unknown> | null
  fault: string | null
  end: 'open' | 'finished' | 'cut by the vendor' | 'left by the caller'
}

export interface Journal {
  readonly calls: readonly Call[]
  open(call: Omit<Call, 'id' | 'at' | 'servedTokens' | 'status' | 'reported' | 'end'>): Call
  /** Says how a call ended; writes it down for good. */
  close(call: Call, end: Call['end']): void
  reset(): void
}

/** Keeps calls in memory and, with `file`, each start and end as a line on disk. */
export function createJournal(file: string | null = null): Journal {
  let calls: Call[] = []
  let lastId = 0
  const write = (call: Call) => {
    if (file) appendFileSync(file, `${JSON.stringify(call)}\n`)
  }
  return {
    get calls() {
      return calls
    },
    open(call) {
      const opened: Call = {
        ...call,
        id: ++lastId,
        at: new Date().toISOString(),
        servedTokens: 0,
        status: null,
        reported: null,
        end: 'open',
      }
      calls.push(opened)
      write(opened)
      return opened
    },
    close(call, end) {
      if (call.end !== 'open') return
      call.end = end
      write(call)
    },
    reset() {
      calls = []
    },
  }
}
