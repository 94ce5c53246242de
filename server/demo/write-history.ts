import pg from 'pg'
import { newId } from '#lib/core/ids.ts'
import { localDateOf } from '#lib/core/local-date-of.ts'
import { type Nanos, parseUsd } from '#lib/core/money.ts'
import { costOf, type Price } from '#lib/core/price.ts'
import { type Usage, unknownUsage } from '#lib/core/usage.ts'
import type { Person } from './people.ts'

const days = 21
const dayMs = 86_400_000
const rowsAtOnce = 2_000
const seed = 20_250_101
/** Requests that the vendor failed. */
const brokenPart = 0.008
/** Requests that are still made once the cap is spent. */
const askedAnyway = 0.04

/** A key of the demo and what its requests need to say of it. */
export interface Writer {
  person: Person
  organizationId: string
  projectId: string
  membershipId: string | null
  keyId: string
  modelId: string
  model: string
  providerId: string
  deploymentId: string
  price: Price
  /** In which the months of the cap begin. */
  timeZone: string
}

type Row = unknown[]

/** Three weeks of requests up to this hour, booked as if they had been made: rows, entries and hours agree. */
export async function writeHistory(databaseUrl: string, writers: Writer[]): Promise<void> {
  const rows = writers.flatMap((writer, index) => requestsOf(writer, randomFrom(seed + index)))
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(`SELECT ensure_request_partitions(CURRENT_DATE - ${days + 1}, CURRENT_DATE)`)
    await client.query('BEGIN')
    await client.query('SET LOCAL ROLE stipend_ledger')
    for (let first = 0; first < rows.length; first += rowsAtOnce) {
      const part = rows.slice(first, first + rowsAtOnce)
      await client.query(
        insertRequests,
        part[0]!.map((_, column) => part.map((row) => row[column])),
      )
    }
    await client.query(insertEntries)
    await client.query(insertHours)
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}

const insertRequests = `
  INSERT INTO requests (id, created_at, organization_id, project_id, membership_id, key_id, model_id, model, provider_id,
    deployment_id, price_id, dialect, stream, status, error_code, input_tokens, cached_tokens, output_tokens, cost_nanos,
    reserved_nanos, overrun_nanos, estimated, latency_ms, first_token_ms, finish_reason)
  SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[],
    $9::uuid[], $10::uuid[], $11::uuid[], $12::text[], $13::boolean[], $14::smallint[], $15::text[], $16::int[], $17::int[],
    $18::int[], $19::bigint[], $20::bigint[], $21::bigint[], $22::boolean[], $23::int[], $24::int[], $25::text[])`

const insertEntries = `
  INSERT INTO ledger_entries (request_id, organization_id, project_id, membership_id, key_id, model_id, kind, reserved_nanos,
    cost_nanos, counter_ids, reserved_at, created_at)
  SELECT id, organization_id, project_id, membership_id, key_id, model_id, 'settlement', reserved_nanos, cost_nanos, '{}',
    created_at, created_at
  FROM requests WHERE reserved_nanos > 0 ORDER BY created_at`

const insertHours = `
  INSERT INTO usage_hours (hour, organization_id, project_id, membership_id, key_id, model_id, provider_id, outcome, requests,
    input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost_nanos, latency_ms)
  SELECT date_trunc('hour', created_at), organization_id, project_id,
    coalesce(membership_id, '00000000-0000-0000-0000-000000000000'), key_id, model_id,
    coalesce(provider_id, '00000000-0000-0000-0000-000000000000'), outcome_of(status, provider_id), count(*),
    coalesce(sum(input_tokens), 0), coalesce(sum(cached_tokens), 0), 0, coalesce(sum(output_tokens), 0), 0, sum(cost_nanos),
    sum(latency_ms)
  FROM requests GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`

function requestsOf(writer: Writer, random: () => number): Row[] {
  const capNanos = writer.person.capUsd === null ? null : parseUsd(writer.person.capUsd)
  const spentNanos = new Map<string, Nanos>()
  return momentsOf(writer.person, random).flatMap((at) => {
    const month = localDateOf(new Date(at), writer.timeZone).slice(0, 7)
    const spent = spentNanos.get(month) ?? 0n
    const call = callAt(writer, random)
    // The cap of the demo is as hard as any: what does not fit any more is refused, and most people then stop asking.
    const fits = capNanos === null || spent + reservedFor(call.costNanos) <= capNanos
    if (!fits && random() > askedAnyway) return []
    if (fits) spentNanos.set(month, spent + call.costNanos)
    return [rowOf(writer, at, fits ? call : refused, random)]
  })
}

function momentsOf(person: Person, random: () => number): number[] {
  const moments: number[] = []
  const now = Date.now()
  const midnight = Math.floor(now / dayMs) * dayMs
  for (let day = days; day >= 0; day--) {
    const start = midnight - day * dayMs
    const weekday = new Date(start).getUTCDay()
    const mood = (weekday === 0 || weekday === 6 ? 0.25 : 1) * (0.6 + 0.8 * random())
    const count = Math.round(person.requestsADay * mood)
    for (let index = 0; index < count; index++) moments.push(start + momentOfDay(random) * dayMs)
  }
  return moments.filter((at) => at < now).sort((a, b) => a - b)
}

/** Most work happens between nine and six in China, some of it late at night; as a part of a UTC day. */
function momentOfDay(random: () => number): number {
  const hour = random() < 0.8 ? 1 + 9 * random() : 12 + 5 * random()
  return hour / 24
}

interface Call {
  status: 200 | 402 | 502
  errorCode: string | null
  usage: Usage
  costNanos: Nanos
}

const refused: Call = { status: 402, errorCode: 'insufficient_quota', usage: unknownUsage, costNanos: 0n }
const broken: Call = { status: 502, errorCode: 'upstream_error', usage: unknownUsage, costNanos: 0n }

function callAt({ person, price }: Writer, random: () => number): Call {
  if (random() < brokenPart) return broken
  const spread = () => 0.4 + 1.2 * random()
  const inputTokens = Math.round(person.inputTokens * spread())
  const outputTokens = Math.round(person.outputTokens * spread())
  const cachedTokens = random() < 0.3 ? Math.round(inputTokens * 0.5) : 0
  const usage = { ...unknownUsage, inputTokens, cachedTokens, outputTokens }
  return { status: 200, errorCode: null, usage, costNanos: costOf(usage, price) }
}

/** What was set aside for it, before the rest came back. */
function reservedFor(costNanos: Nanos): Nanos {
  return (costNanos * 13n) / 10n
}

function rowOf(writer: Writer, atMs: number, { status, errorCode, usage, costNanos }: Call, random: () => number): Row {
  const served = status === 200
  const sent = status !== 402
  const firstTokenMs = Math.round(250 + 500 * random())
  return [
    newId(Math.round(atMs)),
    new Date(atMs),
    writer.organizationId,
    writer.projectId,
    writer.membershipId,
    writer.keyId,
    writer.modelId,
    writer.model,
    sent ? writer.providerId : null,
    sent ? writer.deploymentId : null,
    served ? writer.price.id : null,
    'openai-chat',
    random() < 0.5,
    status,
    errorCode,
    usage.inputTokens,
    usage.cachedTokens,
    usage.outputTokens,
    costNanos,
    reservedFor(costNanos),
    0n,
    false,
    sent ? firstTokenMs + Math.round((usage.outputTokens ?? 0) * 11) : 3,
    served ? firstTokenMs : null,
    served ? 'stop' : null,
  ]
}

/** mulberry32: the same seed, the same weeks. */
function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
