import { StipendError } from '#lib/core/errors.ts'
import { formatUsd, type Nanos } from '#lib/core/money.ts'
import type { Ledger, RequestOutcome, Reservation } from '#proxy/gateway.ts'

export interface Entry {
  kind: 'settlement' | 'release' | 'record'
  reservedNanos: Nanos
  outcome: RequestOutcome
}

/** A ledger of one budget, in memory: it holds its limit, closes each reservation once, and keeps every entry. */
export class MemoryLedger implements Ledger {
  readonly entries: Entry[] = []
  readonly reservations: Nanos[] = []
  /** What requests held after each top-up. */
  readonly topUps: Nanos[] = []
  limitNanos: Nanos
  spentNanos = 0n
  /** Thrown by the next reservations, when set. */
  refusal: StipendError | null = null
  readonly #open = new Map<string, Nanos>()

  constructor(limitNanos: Nanos) {
    this.limitNanos = limitNanos
  }

  get reservedNanos(): Nanos {
    return [...this.#open.values()].reduce((sum, amount) => sum + amount, 0n)
  }

  async reserve({ requestId, wantNanos, floorNanos }: Parameters<Ledger['reserve']>[0]): Promise<Reservation> {
    if (this.refusal) throw this.refusal
    if (wantNanos === null || floorNanos === null) {
      throw new StipendError('invalid_request_error', 'This model has no price.', { param: 'model' })
    }
    const available = this.limitNanos - this.spentNanos - this.reservedNanos
    if (available < floorNanos) {
      const facts = { available_usd: formatUsd(available > 0n ? available : 0n) }
      throw new StipendError('insufficient_quota', 'The budget of this key does not pay for this.', { facts })
    }
    const amountNanos = available < wantNanos ? available : wantNanos
    if (this.#open.has(requestId)) throw new Error(`${requestId} was reserved twice`)
    this.#open.set(requestId, amountNanos)
    this.reservations.push(amountNanos)
    return { requestId, amountNanos }
  }

  async topUp({ requestId, wantNanos, floorNanos }: Parameters<Ledger['topUp']>[0]): Promise<Reservation | null> {
    const held = this.#open.get(requestId)
    if (held === undefined) throw new Error(`${requestId} was topped up without being open`)
    if (wantNanos === null || floorNanos === null) return null
    const room = this.limitNanos - this.spentNanos - this.reservedNanos + held
    const amountNanos = wantNanos < held ? held : wantNanos < room ? wantNanos : room
    if (amountNanos < floorNanos || amountNanos < held) return null
    this.#open.set(requestId, amountNanos)
    this.topUps.push(amountNanos)
    return { requestId, amountNanos }
  }

  async settle(reservation: Reservation, outcome: RequestOutcome): Promise<void> {
    this.#close('settlement', reservation, outcome)
    this.spentNanos += outcome.costNanos
  }

  async release(reservation: Reservation, outcome: RequestOutcome): Promise<void> {
    this.#close('release', reservation, outcome)
  }

  async record(outcome: RequestOutcome): Promise<void> {
    this.entries.push({ kind: 'record', reservedNanos: 0n, outcome })
  }

  #close(kind: Entry['kind'], { requestId, amountNanos }: Reservation, outcome: RequestOutcome): void {
    if (!this.#open.delete(requestId)) throw new Error(`${requestId} was closed without being open`)
    this.entries.push({ kind, reservedNanos: amountNanos, outcome })
  }
}
