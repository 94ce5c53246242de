import type { Tap, Watcher } from './open-tap.ts'

/** Where a gateway dies, as seen from outside: at which bytes of its talk with the database or the vendor. */
export interface CrashPoint {
  name: string
  at: 'database' | 'vendor'
  /** Kills by `kill` when the moment has come for the `turn`-th time. */
  watch(kill: () => void, turn: number, random: () => number): Watcher
  /** What the ledger may say afterwards of the one request that was on its way; null: nothing at all. */
  leaves: (string | null)[]
}

/** Before: the statement never arrives. After: it is committed, and its reply never arrives. */
function aroundCommit(...statements: string[]): Record<'before' | 'after', CrashPoint['watch']> {
  const names = statements.map((statement) => Buffer.from(`${statement}\0`))
  const isNamed = (bytes: Buffer) => names.some((name) => bytes.includes(name))
  return {
    before: (kill, turn) => ({
      asked(bytes) {
        if (!isNamed(bytes) || --turn !== 0) return 'pass'
        kill()
        return 'swallow'
      },
    }),
    after: (kill, turn) => ({
      asked(bytes, line) {
        if (isNamed(bytes) && --turn === 0) line.notes.add('last')
        return 'pass'
      },
      answered(_, line) {
        if (!line.notes.has('last')) return 'pass'
        kill()
        return 'swallow'
      },
    }),
  }
}

const reservation = aroundCommit('ledger_reserve_one', 'ledger_reserve')
const settlement = aroundCommit('ledger_close_one', 'ledger_close')
const usage = Buffer.from('"usage":{')

export const crashPoints: CrashPoint[] = [
  { name: 'before the reservation commits', at: 'database', watch: reservation.before, leaves: [null] },
  { name: 'after the reservation commits', at: 'database', watch: reservation.after, leaves: ['expiry'] },
  {
    name: 'after dispatch',
    at: 'vendor',
    watch: (kill, turn) => ({
      asked(bytes) {
        if (bytes.includes('POST ') && --turn === 0) setImmediate(kill)
        return 'pass'
      },
    }),
    leaves: ['expiry'],
  },
  {
    name: 'mid-stream',
    at: 'vendor',
    watch: (kill, _, random) => {
      const afterBytes = 300 + Math.floor(random() * 3_000)
      return {
        answered(_bytes, line) {
          if (line.answeredBytes > afterBytes) kill()
          return 'pass'
        },
      }
    },
    // Where the answer was shorter than that it is settled.
    leaves: ['expiry', 'settlement'],
  },
  {
    name: 'after usage',
    at: 'vendor',
    watch: (kill, turn, random) => ({
      answered(bytes) {
        if (bytes.includes(usage) && --turn === 0) setTimeout(kill, random() * 4)
        return 'pass'
      },
    }),
    leaves: ['expiry', 'settlement'],
  },
  { name: 'before the settlement commits', at: 'database', watch: settlement.before, leaves: ['expiry'] },
  { name: 'after the settlement commits', at: 'database', watch: settlement.after, leaves: ['settlement'] },
]

export function tapOf(point: CrashPoint, taps: { databaseTap: Tap; vendorTap: Tap }): Tap {
  return point.at === 'database' ? taps.databaseTap : taps.vendorTap
}
