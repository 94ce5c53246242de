import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import OpenAI from 'openai'
import type { Member } from '#lib/auth/member.ts'
import { newId } from '#lib/core/ids.ts'
import { parseUsd } from '#lib/core/money.ts'
import { createKey, type NewKey } from '#lib/keys/create-key.ts'
import { createModel } from '#lib/models/create-model.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { nodeHttp } from '#proxy/mounts/node-http.ts'
import { type ComposedGateway, composeGateway } from '#server/compose-gateway.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'

/** Nano-dollars a token, of the model that every lab here has. */
export const inputNanos = 1_000n
export const outputNanos = 4_000n
export const model = 'gpt-4o'

export interface RunningLab {
  database: TestDatabase
  simulator: Simulator
  gateway: ComposedGateway
  baseUrl: string
  member: Member
  projectId: string
  /** A key with one total cap, or none. */
  addKey(capUsd: string | null): Promise<NewKey>
  client(key: NewKey): OpenAI
  close(): Promise<void>
}

/** A lab on real parts: Postgres, the gateway on node:http, the stand-in vendor; set up through the operations. */
export async function startLab(): Promise<RunningLab> {
  const database = await createTestDatabase()
  process.env.STIPEND_HOME = join(tmpdir(), `stipend-home-${newId()}`)
  process.env.STIPEND_ALLOW_PRIVATE_UPSTREAMS = 'true'
  process.env.LOG_LEVEL = 'silent'
  const simulator = await startSimulator()
  const gateway = await composeGateway()
  const server = createServer(nodeHttp(gateway.gateway))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  const member = await foundLab()
  const provider = await createProvider(member, {
    name: 'Vendor',
    vendor: 'openai-compatible',
    baseUrl: simulator.url,
    apiKey: 'sk-vendor',
  })
  await createModel(member, {
    name: model,
    deployments: [{ providerId: provider.id, upstreamModel: model }],
    price: { inputPerMtok: inputNanos * 1_000_000n, outputPerMtok: outputNanos * 1_000_000n },
  })
  const project = await createProject(member, { name: 'Project' })
  const baseUrl = `http://127.0.0.1:${port}/v1`
  return {
    database,
    simulator,
    gateway,
    baseUrl,
    member,
    projectId: project.id,
    addKey: (capUsd) =>
      createKey(member, {
        name: newId(),
        projectId: project.id,
        budgets: capUsd === null ? [] : [{ period: 'total', limitNanos: parseUsd(capUsd)! }],
      }),
    client: (key) => new OpenAI({ apiKey: key.secret, baseURL: baseUrl, maxRetries: 0 }),
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await gateway.close()
      await simulator.close()
      await database.drop()
    },
  }
}

/** What the vendor's journal says that a key's calls cost, in nano-dollars. */
export function costByJournal(simulator: Simulator): bigint {
  return simulator.journal.calls.reduce(
    (sum, call) => sum + BigInt(call.promptTokens) * inputNanos + BigInt(call.servedTokens) * outputNanos,
    0n,
  )
}
