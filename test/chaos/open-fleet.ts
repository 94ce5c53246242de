import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Member } from '#lib/auth/member.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { parseUsd } from '#lib/core/money.ts'
import { type CreateKeyInput, createKey, type NewKey } from '#lib/keys/create-key.ts'
import { type CreateModelInput, createModel } from '#lib/models/create-model.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import type { Behaviour } from '#simulator/behaviour.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import type { Query } from '../ledger/invariants.ts'
import { createTestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { inputNanos, model, outputNanos } from './open-house.ts'
import { type GatewayProcess, startGateway } from './start-gateway.ts'

/** A lab with several vendors behind one model, gateways that are processes of their own, and nothing in between. */
export interface Fleet {
  member: Member
  vendors: Simulator[]
  query: Query
  addKey(fields?: Partial<CreateKeyInput>): Promise<NewKey>
  startGateway(settings?: Record<string, string>): Promise<GatewayProcess>
  /** Streams one answer; what came of it. */
  call(gateway: GatewayProcess, key: NewKey): Promise<Seen>
  /** What the vendors served, and what callers were charged for attempts that nobody answered; in nano-dollars. */
  owed(): Promise<bigint>
  close(): Promise<void>
}

export interface Seen {
  status: number
  /** The whole answer arrived, and no error in it. */
  isWhole: boolean
  firstTokenMs: number
}

export async function openFleet(options: {
  vendors: number
  behaviour?: Partial<Behaviour>
  requestsPerMinute?: number
  route?: Partial<CreateModelInput>
}): Promise<Fleet> {
  const database = await createTestDatabase()
  process.env.STIPEND_ALLOW_PRIVATE_UPSTREAMS = 'true'
  const home = await mkdtemp(join(tmpdir(), 'stipend-fleet-'))
  process.env.STIPEND_HOME = home
  const vendors = await Promise.all(
    Array.from({ length: options.vendors }, (_, seed) => startSimulator({ behaviour: { ...options.behaviour, seed } })),
  )
  const member = await foundLab('Fleet')
  const providers = await Promise.all(
    vendors.map(({ url }, index) =>
      createProvider(member, {
        name: `Vendor ${index}`,
        vendor: 'openai-compatible',
        baseUrl: url,
        apiKey: `sk-vendor-${index}`,
        requestsPerMinute: options.requestsPerMinute ?? null,
      }),
    ),
  )
  await createModel(member, {
    name: model,
    deployments: providers.map(({ id }) => ({ providerId: id, upstreamModel: model })),
    price: { inputPerMtok: inputNanos * 1_000_000n, outputPerMtok: outputNanos * 1_000_000n },
    ...options.route,
  })
  const project = await createProject(member, { name: 'Project' })
  const limitNanos = parseUsd('100000')!
  await createBudget(member, { scope: 'project', scopeId: project.id, period: 'total', limitNanos })
  await createBudget(member, { scope: 'organization', scopeId: member.organizationId, period: 'total', limitNanos })
  const admin = new pg.Pool({ connectionString: database.url, max: 4 })
  const query: Query = async (text, values) => (await admin.query(text, values)).rows
  return {
    member,
    vendors,
    query,
    addKey: (fields) =>
      createKey(member, { name: 'key', projectId: project.id, budgets: [{ period: 'total', limitNanos }], ...fields }),
    startGateway: (settings) => startGateway({ databaseUrl: database.url, home }, settings),
    call,
    async owed() {
      const rows = await query<{ id: string; status: number; kept: string[] }>(
        `SELECT id, status, array_remove(array_agg(attempt ->> 'keptUsd'), NULL) AS kept
         FROM requests CROSS JOIN LATERAL jsonb_array_elements(attempts) AS attempt GROUP BY id, status`,
      )
      const calls = Map.groupBy(
        vendors.flatMap(({ journal }) => journal.calls).filter(({ servedTokens }) => servedTokens > 0),
        ({ requestId }) => requestId,
      )
      return rows.reduce((sum, { id, status, kept }) => {
        const served = (calls.get(id) ?? []).sort((one, other) => one.at.localeCompare(other.at))
        // What a vendor went on to serve of an attempt that was given up is in what was kept for it; the last is the answer.
        const owed = kept.length === 0 ? served : served.slice(status === 200 ? -1 : served.length)
        return owed.reduce(
          (total, one) => total + BigInt(one.promptTokens) * inputNanos + BigInt(one.servedTokens) * outputNanos,
          kept.reduce((total, usd) => total + parseUsd(usd)!, sum),
        )
      }, 0n)
    },
    async close() {
      await Promise.all(vendors.map((vendor) => vendor.close()))
      await admin.end()
      await database.drop()
    },
  }
}

async function call(gateway: GatewayProcess, key: NewKey): Promise<Seen> {
  const sentMs = performance.now()
  const seen: Seen = { status: 0, isWhole: false, firstTokenMs: Number.NaN }
  try {
    const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key.secret}` },
      body: JSON.stringify({
        model,
        messages: [{ role: 'user', content: 'Which model should we start with?' }],
        max_tokens: 20,
        stream: true,
      }),
    })
    seen.status = response.status
    let text = ''
    for await (const piece of response.body!) {
      const words = Buffer.from(piece).toString()
      if (Number.isNaN(seen.firstTokenMs) && words.includes('data:')) seen.firstTokenMs = performance.now() - sentMs
      text += words
    }
    seen.isWhole = response.status === 200 && text.includes('[DONE]') && !text.includes('"error"')
  } catch {
    // A connection that broke: the answer is not whole.
  }
  return seen
}
