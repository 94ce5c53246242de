import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { type FaultName, faultNames } from '#simulator/faults/faults.ts'
import type { Cluster } from '../support/start-cluster.ts'
import type { House } from './open-house.ts'
import type { GatewayProcess } from './start-gateway.ts'

const run = promisify(execFile)

/** What a run of chaos consists of; faults change `gateways` in place. */
export interface Scene {
  house: House
  cluster: Cluster
  gateways: GatewayProcess[]
  budgets: string[]
  random: () => number
}

/** Strikes, undoes itself, and says in a few words what it did. */
export type Fault = (scene: Scene) => Promise<string>

function pick<T>(values: readonly T[], random: () => number): T {
  return values[Math.floor(random() * values.length)]!
}

/** The server and all of its processes. */
async function postgresPids(cluster: Cluster): Promise<number[]> {
  const pid = await cluster.pid()
  const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(pid)])
  return [pid, ...stdout.split('\n').map(Number).filter(Boolean)]
}

function signalAll(pids: number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

/** Every letter of the alphabet. */
export const faults: Record<string, Fault> = {
  async vendor({ house, random }) {
    const fault: FaultName = pick(faultNames, random)
    const times = 1 + Math.floor(random() * 8)
    house.simulator.control.set({ fault, times })
    await sleep(200)
    return `${fault} × ${times}`
  },
  async 'kill a gateway'({ house, gateways, random }) {
    const index = Math.floor(random() * gateways.length)
    gateways[index]!.signal('SIGKILL')
    await gateways[index]!.gone
    gateways[index] = await house.startGateway()
    return `number ${index}`
  },
  async 'freeze a gateway'({ gateways, random }) {
    const index = Math.floor(random() * gateways.length)
    const frozenMs = 100 + Math.floor(random() * 2_000)
    gateways[index]!.signal('SIGSTOP')
    await sleep(frozenMs)
    gateways[index]!.signal('SIGCONT')
    return `number ${index} for ${frozenMs} ms`
  },
  /** As if it had slept for longer than its lease: others take it for dead, and then it goes on. */
  async 'freeze a gateway beyond its lease'({ house, gateways, random }) {
    const index = Math.floor(random() * gateways.length)
    gateways[index]!.signal('SIGSTOP')
    await sleep(300)
    await house.passLeases().catch(() => undefined)
    gateways[index]!.signal('SIGCONT')
    return `number ${index}`
  },
  async 'crash Postgres'({ cluster }) {
    process.kill(await cluster.pid(), 'SIGQUIT')
    await sleep(2_500)
    return 'and let it recover'
  },
  async 'restart Postgres'({ cluster }) {
    process.kill(await cluster.pid(), 'SIGINT')
    await sleep(2_500)
    return 'fast shutdown'
  },
  async 'freeze Postgres'({ cluster, random }) {
    const pids = await postgresPids(cluster)
    const frozenMs = 200 + Math.floor(random() * 2_000)
    signalAll(pids, 'SIGSTOP')
    await sleep(frozenMs)
    signalAll(pids, 'SIGCONT')
    return `for ${frozenMs} ms`
  },
  async 'cut all database connections'({ house }) {
    house.databaseTap.cutAll()
    return ''
  },
  async 'lose commit replies'({ house, random }) {
    const statement = pick(
      [
        'ledger_reserve_one',
        'ledger_reserve',
        'ledger_close_one',
        'ledger_close',
        'ledger_top_up',
        'ledger_settle_late',
      ],
      random,
    )
    let left = 1 + Math.floor(random() * 4)
    const name = Buffer.from(`${statement}\0`)
    house.databaseTap.watcher = {
      asked(bytes, line) {
        if (bytes.includes(name)) line.notes.add('lose')
        return 'pass'
      },
      answered(_, line) {
        if (!line.notes.delete('lose') || left-- <= 0) return 'pass'
        line.cut()
        return 'swallow'
      },
    }
    await sleep(600)
    house.databaseTap.watcher = null
    return statement
  },
  async 'take all connections'({ random }) {
    const heldMs = 300 + Math.floor(random() * 1_500)
    const clients = Array.from(
      { length: 100 },
      () => new pg.Client({ connectionString: process.env.TEST_DATABASE_URL! }),
    )
    for (const client of clients) client.on('error', () => undefined)
    const taken = (await Promise.allSettled(clients.map((client) => client.connect()))).filter(
      ({ status }) => status === 'fulfilled',
    ).length
    await sleep(heldMs)
    await Promise.allSettled(clients.map((client) => client.end()))
    return `${taken} for ${heldMs} ms`
  },
  async 'change a cap'({ house, budgets, random }) {
    const budget = pick(budgets, random)
    const cents = Math.floor(random() * 40)
    await house.query('UPDATE budgets SET limit_nanos = $2 WHERE id = $1', [
      budget,
      String(BigInt(cents) * 10_000_000n),
    ])
    return `to $${(cents / 100).toFixed(2)}`
  },
  async 'pause a key'({ house, random }) {
    const [key] = await house.query<{ id: string }>('SELECT id FROM keys ORDER BY random() LIMIT 1')
    await house.query('UPDATE keys SET paused_at = now() WHERE id = $1', [key!.id])
    await sleep(100 + random() * 300)
    await house.query('UPDATE keys SET paused_at = NULL WHERE id = $1', [key!.id])
    return ''
  },
}
