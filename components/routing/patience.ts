/** How patient a route is, in milliseconds; null: as the gateway is set. */
export interface Patience {
  connectTimeoutMs: number | null
  firstTokenTimeoutMs: number | null
  idleTimeoutMs: number | null
  totalTimeoutMs: number | null
  maxAttempts: number | null
  /** An answer that breaks in the middle is gone on with elsewhere. */
  isContinued: boolean
}

type Limits = Omit<Patience, 'isContinued'>

export const patienceFields = [
  'connectTimeoutMs',
  'firstTokenTimeoutMs',
  'idleTimeoutMs',
  'totalTimeoutMs',
  'maxAttempts',
] as const satisfies (keyof Limits)[]

/** As people write it. */
export function secondsOf(ms: number | null): string {
  return ms === null ? '' : String(ms / 1000)
}

/** Reads what was written; null with the names of the fields that are wrong. An empty field is the gateway's own. */
export function readPatience(draft: Record<keyof Limits, string>): { patience: Limits | null; wrong: string[] } {
  const patience = {} as Limits
  const wrong: string[] = []
  for (const field of patienceFields) {
    const text = draft[field].trim()
    const value = Number(text) * (field === 'maxAttempts' ? 1 : 1000)
    const [least, most] = field === 'maxAttempts' ? [1, 20] : [100, 3_600_000]
    if (text === '') patience[field] = null
    else if (Number.isInteger(value) && value >= least && value <= most) patience[field] = value
    else wrong.push(field)
  }
  return { patience: wrong.length === 0 ? patience : null, wrong }
}
