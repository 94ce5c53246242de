import type pg from 'pg'
import type { Nanos } from '../core/money.ts'
import type { Usage } from '../core/usage.ts'

/** settlement: the cost counts. release: it costs nothing. record: there was no reservation. */
export type CloseKind = 'settlement' | 'release' | 'record'

/** How a request ended: what the ledger books and what the console shows of it. */
export interface RequestOutcome {
  requestId: string
  createdAt: Date
  caller: { organizationId: string; projectId: string; membershipId: string | null; keyId: string }
  model: string
  modelId: string | null
  deployment: { id: string; providerId: string; price: { id: string } | null } | null
  dialect: string
  stream: boolean
  status: number
  errorCode: string | null
  usage: Usage
  costNanos: Nanos
  estimated: boolean
  latencyMs: number
  firstTokenMs: number | null
  finishReason: string | null
  attempts: object[]
}

export interface CloseItem {
  kind: CloseKind
  outcome: RequestOutcome
}

/** settled late: the reservation had expired, and its estimate was corrected. */
export type CloseAnswer = 'closed' | 'recorded' | 'already closed' | 'settled late'

type Read = (item: CloseItem) => unknown

/** The parameters of ledger_close_one in order; for ledger_close each is an array with one element an item. */
const parameters: Read[] = [
  ({ outcome }) => outcome.requestId,
  ({ kind }) => kind,
  ({ outcome }) => outcome.caller.organizationId,
  ({ outcome }) => outcome.caller.projectId,
  ({ outcome }) => outcome.caller.membershipId,
  ({ outcome }) => outcome.caller.keyId,
  ({ outcome }) => outcome.modelId,
  ({ outcome }) => storable(outcome.model, 200),
  ({ outcome }) => outcome.deployment?.providerId ?? null,
  ({ outcome }) => outcome.deployment?.id ?? null,
  ({ outcome }) => outcome.deployment?.price?.id ?? null,
  ({ outcome }) => outcome.dialect,
  ({ outcome }) => outcome.stream,
  ({ outcome }) => outcome.status,
  ({ outcome }) => outcome.errorCode,
  ({ outcome }) => outcome.usage.inputTokens,
  ({ outcome }) => outcome.usage.cachedTokens,
  ({ outcome }) => outcome.usage.cacheWriteTokens,
  ({ outcome }) => outcome.usage.outputTokens,
  ({ outcome }) => outcome.usage.reasoningTokens,
  ({ outcome }) => outcome.costNanos,
  ({ outcome }) => outcome.estimated,
  ({ outcome }) => Math.round(outcome.latencyMs),
  ({ outcome }) => (outcome.firstTokenMs === null ? null : Math.round(outcome.firstTokenMs)),
  ({ outcome }) => outcome.finishReason && storable(outcome.finishReason, 100),
  ({ outcome }) => storable(JSON.stringify(outcome.attempts), Number.POSITIVE_INFINITY),
  ({ outcome }) => outcome.createdAt,
  ({ outcome }) => (outcome.usage.units ? JSON.stringify(outcome.usage.units) : null),
]

const places = parameters.map((_, index) => `$${index + 1}`).join(', ')
const statement = { name: 'ledger_close', text: `SELECT ordinal, outcome FROM ledger_close(${places})` }
const statementForOne = { name: 'ledger_close_one', text: `SELECT ledger_close_one(${places}) AS outcome` }

/**
 * One round trip and one transaction for all of `items`; two for a lone one that holds no reservation. Sending an item
 * again changes nothing.
 */
export async function closeBatch(pool: pg.Pool, items: CloseItem[]): Promise<CloseAnswer[]> {
  const [first] = items
  if (items.length === 1 && first!.kind !== 'record' && (await closeOne(pool, first!))) return ['closed']
  const { rows } = await pool.query<{ ordinal: number; outcome: CloseAnswer }>({
    ...statement,
    values: parameters.map((read) => items.map(read)),
  })
  const answers: CloseAnswer[] = []
  for (const row of rows) answers[row.ordinal - 1] = row.outcome
  return answers
}

/** False: it holds no reservation. */
async function closeOne(pool: pg.Pool, item: CloseItem): Promise<boolean> {
  const { rows } = await pool.query<{ outcome: string | null }>({
    ...statementForOne,
    values: parameters.map((read) => read(item)),
  })
  return rows[0]!.outcome !== null
}

/** The columns of its row in requests that the end of a request decides. */
export function rowOf({ outcome }: CloseItem): Record<string, unknown> {
  return {
    model: storable(outcome.model, 200),
    provider_id: outcome.deployment?.providerId ?? null,
    deployment_id: outcome.deployment?.id ?? null,
    price_id: outcome.deployment?.price?.id ?? null,
    dialect: outcome.dialect,
    stream: outcome.stream,
    status: outcome.status,
    error_code: outcome.errorCode,
    input_tokens: outcome.usage.inputTokens,
    cached_tokens: outcome.usage.cachedTokens,
    cache_write_tokens: outcome.usage.cacheWriteTokens,
    output_tokens: outcome.usage.outputTokens,
    reasoning_tokens: outcome.usage.reasoningTokens,
    estimated: outcome.estimated,
    latency_ms: Math.round(outcome.latencyMs),
    first_token_ms: outcome.firstTokenMs === null ? null : Math.round(outcome.firstTokenMs),
    finish_reason: outcome.finishReason && storable(outcome.finishReason, 100),
    attempts: JSON.parse(storable(JSON.stringify(outcome.attempts), Number.POSITIVE_INFINITY)),
    units: outcome.usage.units ?? null,
  }
}

/** Postgres stores no NUL; a name that long is nobody's. */
function storable(text: string, maxLength: number): string {
  return text.replaceAll('\0', '').replaceAll('\\u0000', '').slice(0, maxLength)
}
