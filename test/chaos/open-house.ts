import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Member } from '#lib/auth/member.ts'
import { createBudget } from '#lib/budgets/create-budget.ts'
import { parseUsd } from '#lib/core/money.ts'
import { createKey, type NewKey } from '#lib/keys/create-key.ts'
import { createModel } from '#lib/models/create-model.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import type { Query } from '../ledger/invariants.ts'
import { createTestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { openTap, type Tap } from './open-tap.ts'
import { type GatewayProcess, startGateway } from './start-gateway.ts'

/** Nano-dollars a token. */
export const inputNanos = 1_000n
export const outputNanos = 4_000n
export const model = 'gpt-4o'

/** A lab whose gateways are processes of their own, with a tap before its database and one before its vendor. */
export interface House {
  member: Member
  projectId: string
  simulator: Simulator
  databaseTap: Tap
  vendorTap: Tap
  query: Query
  addKey(capUsd: string): Promise<NewKey>
  startGateway(): Promise<GatewayProcess>
  /** Closings that wait on disk, of living and dead processes. */
  spooled(): Promise<number>
  /** As if the leases of all nodes had run out: what dead ones held expires. */
  passLeases(): Promise<void>
  close(): Promise<void>
}

/** `tapsVendor`: false where a proxy between gateway and vendor would hold bytes that neither of them knows of. */
export async function openHouse({ capUsd = '1000', tapsVendor = true } = {}): Promise<House> {
  const database = await createTestDatabase()
  process.env.STIPEND_ALLOW_PRIVATE_UPSTREAMS = 'true'
  const home = await mkdtemp(join(tmpdir(), 'stipend-house-'))
  process.env.STIPEND_HOME = home
  const simulator = await startSimulator()
  const real = new URL(database.url)
  const databaseTap = await openTap({ host: real.hostname, port: Number(real.port) })
  const vendorTap = await openTap({ host: '127.0.0.1', port: simulator.port })
  const tapped = new URL(database.url)
  tapped.port = String(databaseTap.port)

  const member = await foundLab('House')
  const provider = await createProvider(member, {
    name: 'Vendor',
    vendor: 'openai-compatible',
    baseUrl: `http://127.0.0.1:${tapsVendor ? vendorTap.port : simulator.port}/v1`,
    apiKey: 'sk-vendor',
  })
  await createModel(member, {
    name: model,
    deployments: [{ providerId: provider.id, upstreamModel: model }],
    price: { inputPerMtok: inputNanos * 1_000_000n, outputPerMtok: outputNanos * 1_000_000n },
  })
  const project = await createProject(member, { name: 'Project' })
  const limitNanos = parseUsd(capUsd)!
  await createBudget(member, { scope: 'project', scopeId: project.id, period: 'month', limitNanos })
  await createBudget(member, { scope: 'organization', scopeId: member.organizationId, period: 'total', limitNanos })

  const admin = new pg.Pool({ connectionString: database.url, max: 4 })
  admin.on('error', () => undefined)
  const query: Query = async (text, values) => (await admin.query(text, values)).rows
  return {
    member,
    projectId: project.id,
    simulator,
    databaseTap,
    vendorTap,
    query,
    addKey: (cap) =>
      createKey(member, {
        name: 'key',
        projectId: project.id,
        budgets: [{ period: 'day', limitNanos: parseUsd(cap)! }],
      }),
    startGateway: () => startGateway({ databaseUrl: tapped.toString(), home }),
    async spooled() {
      const names = await readdir(join(home, 'spool')).catch(() => [])
      return names.filter((name) => name.endsWith('.jsonl')).length
    },
    async passLeases() {
      await query("UPDATE nodes SET lease_until = now() - interval '1 second'")
      for (;;) {
        const [row] = await query<{ expired: number }>('SELECT ledger_expire(1000) AS expired')
        if (row!.expired === 0) return
      }
    },
    async close() {
      await databaseTap.close()
      await vendorTap.close()
      await simulator.close()
      await admin.end()
      await database.drop()
    },
  }
}
