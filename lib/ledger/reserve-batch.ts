import type pg from 'pg'
import type { Nanos } from '../core/money.ts'

export interface ReserveItem {
  requestId: string
  keyId: string
  modelId: string
  /** Null: unpriced. */
  wantNanos: Nanos | null
  comfortNanos: Nanos | null
  floorNanos: Nanos | null
}

/** The budget that stood in the way, as the database saw it. */
export interface BindingBudget {
  counterId: string
  budgetId: string
  scope: 'organization' | 'project' | 'member' | 'key'
  scopeId: string
  period: 'total' | 'day' | 'week' | 'month'
  /** The only model that it counts, and the only keys that it binds; null: all. */
  model: string | null
  tag: string | null
  /** Who can raise it, by name. */
  ask: string | null
  /** With its temporary raises. */
  limitNanos: string
  spentNanos: string
  reservedNanos: string
  resetsAt: string | null
}

export interface ReserveAnswer {
  outcome: 'reserved' | 'busy' | 'exhausted' | 'unpriced' | 'unknown' | 'paused' | 'expired' | 'revoked' | 'closed'
  amountNanos: Nanos
  binding: BindingBudget | null
}

const statement = {
  name: 'ledger_reserve',
  text: 'SELECT ordinal, outcome, amount_nanos, facts FROM ledger_reserve($1, $2, $3, $4, $5, $6, $7, $8)',
}

const statementForOne = {
  name: 'ledger_reserve_one',
  text: 'SELECT ledger_reserve_one($1, $2, $3, $4, $5) AS is_reserved',
}

/** One round trip and one transaction for all of `items`; two where a lone one cannot have all that it wants. */
export async function reserveBatch(
  pool: pg.Pool,
  nodeId: string,
  items: ReserveItem[],
  again: boolean,
): Promise<ReserveAnswer[]> {
  const [first] = items
  if (items.length === 1 && !again && (await reserveOne(pool, nodeId, first!))) {
    return [{ outcome: 'reserved', amountNanos: first!.wantNanos!, binding: null }]
  }
  const { rows } = await pool.query<{
    ordinal: number
    outcome: ReserveAnswer['outcome']
    amount_nanos: bigint
    facts: BindingBudget | null
  }>({
    ...statement,
    values: [
      nodeId,
      items.map((item) => item.requestId),
      items.map((item) => item.keyId),
      items.map((item) => item.modelId),
      items.map((item) => item.wantNanos ?? -1n),
      items.map((item) => item.comfortNanos ?? 0n),
      items.map((item) => item.floorNanos ?? 0n),
      again,
    ],
  })
  const answers: ReserveAnswer[] = []
  for (const row of rows) {
    answers[row.ordinal - 1] = { outcome: row.outcome, amountNanos: row.amount_nanos, binding: row.facts }
  }
  return answers
}

/** All that it wants, or nothing yet. */
async function reserveOne(pool: pg.Pool, nodeId: string, item: ReserveItem): Promise<boolean> {
  const { wantNanos, comfortNanos, floorNanos } = item
  if (wantNanos === null || wantNanos < (comfortNanos ?? 0n) || wantNanos < (floorNanos ?? 0n)) return false
  const { rows } = await pool.query<{ is_reserved: boolean }>({
    ...statementForOne,
    values: [nodeId, item.requestId, item.keyId, item.modelId, wantNanos],
  })
  return rows[0]!.is_reserved
}
