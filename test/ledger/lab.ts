import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { newId } from '#lib/core/ids.ts'
import { unknownUsage } from '#lib/core/usage.ts'
import { openPool } from '#lib/db/pool.ts'
import type { RequestOutcome } from '#lib/ledger/close-batch.ts'
import { type OpenLedger, openLedger } from '#lib/ledger/open-ledger.ts'

export interface Key {
  organizationId: string
  projectId: string
  membershipId: string | null
  keyId: string
}

interface BudgetRow {
  scope: 'organization' | 'project' | 'key'
  limitNanos: bigint
  period?: 'total' | 'day' | 'week' | 'month'
  modelId?: string
}

/** An organization with one project, keys and a model, made of plain rows: the ledger needs no more. */
export interface Lab {
  organizationId: string
  projectId: string
  modelId: string
  addKey(): Promise<Key>
  addBudget(key: Key, budget: BudgetRow): Promise<string>
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

export async function openLab(adminUrl: string, timeZone = 'UTC'): Promise<Lab> {
  const admin = new pg.Pool({ connectionString: adminUrl, max: 4 })
  const organizationId = newId()
  const projectId = newId()
  const modelId = newId()
  await admin.query('INSERT INTO organizations (id, slug, name, time_zone) VALUES ($1, $2, $3, $4)', [
    organizationId,
    organizationId,
    'Lab',
    timeZone,
  ])
  await admin.query('INSERT INTO projects (id, organization_id, name) VALUES ($1, $2, $3)', [
    projectId,
    organizationId,
    'P',
  ])
  await admin.query('INSERT INTO models (id, organization_id, name) VALUES ($1, $2, $3)', [
    modelId,
    organizationId,
    'm',
  ])
  return {
    organizationId,
    projectId,
    modelId,
    async addKey() {
      const keyId = newId()
      await admin.query(
        'INSERT INTO keys (id, organization_id, project_id, name, secret_hash, secret_hint) VALUES ($1, $2, $3, $4, $5, $6)',
        [keyId, organizationId, projectId, 'k', Buffer.from(keyId), 'hint'],
      )
      return { organizationId, projectId, membershipId: null, keyId }
    },
    async addBudget(key, { scope, limitNanos, period = 'total', modelId: onlyModelId = null as string | null }) {
      const id = newId()
      const scopeId = { organization: organizationId, project: projectId, key: key.keyId }[scope]
      await admin.query(
        'INSERT INTO budgets (id, organization_id, scope, scope_id, period, limit_nanos, model_id) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [id, organizationId, scope, scopeId, period, limitNanos, onlyModelId],
      )
      return id
    },
    async query(text, values) {
      return (await admin.query(text, values)).rows
    },
    close: () => admin.end(),
  }
}

/** A ledger as one gateway process has it, with a pool of its own. */
export async function openNode(
  appUrl: string,
  options: { waitMs?: number; spoolFolder?: string } = {},
): Promise<OpenLedger & { end(): Promise<void> }> {
  const pool = openPool(appUrl, 4)
  const ledger = await openLedger({
    pool,
    log: { warn: () => undefined, error: (facts, message) => console.error(message, facts) },
    spoolFolder: options.spoolFolder ?? join(tmpdir(), `stipend-spool-${newId()}`),
    waitMs: options.waitMs ?? 20_000,
  })
  return {
    ...ledger,
    async end() {
      await ledger.close()
      await pool.end()
    },
  }
}

export function outcomeOf(requestId: string, key: Key, modelId: string, costNanos: bigint): RequestOutcome {
  return {
    requestId,
    createdAt: new Date(),
    caller: key,
    model: 'm',
    modelId,
    deployment: null,
    dialect: 'openai-chat',
    stream: false,
    status: 200,
    errorCode: null,
    usage: { ...unknownUsage, inputTokens: 10, outputTokens: 5 },
    costNanos,
    estimated: false,
    latencyMs: 1,
    firstTokenMs: null,
    finishReason: 'stop',
    attempts: [],
  }
}
