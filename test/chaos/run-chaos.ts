import { setTimeout as sleep } from 'node:timers/promises'
import { brokenInvariants } from '../ledger/invariants.ts'
import { randomFrom } from '../proxy/support/random.ts'
import { startCluster } from '../support/start-cluster.ts'
import { faults, type Scene } from './faults.ts'
import { holdAgainstJournal } from './hold-against-journal.ts'
import { model, openHouse } from './open-house.ts'
import type { GatewayProcess } from './start-gateway.ts'

const callersEach = 6

export interface ChaosReport {
  /** One line a fault, in order. */
  log: string[]
  /** How many calls ended with which status; 0: without an answer, or left by the caller. */
  statuses: Record<string, number>
  /** What the vendor saw. */
  calls: number
  /** All that is wrong afterwards. */
  wrong: unknown[]
}

/** Several gateways, a Postgres and a vendor under load, while faults strike that the seed chooses; then the reckoning. */
export async function runChaos(options: {
  seed: number
  seconds: number
  gateways: number
  /** Goes on for longer, up to ten times, until the vendor has seen so many. */
  leastCalls?: number
  say(line: string): void
}): Promise<ChaosReport> {
  const random = randomFrom(options.seed)
  const cluster = await startCluster()
  const house = await openHouse({ capUsd: '5' })
  // Two keys run dry and are raised, two never do.
  const keys = await Promise.all(['0.05', '0.2', '1000', '1000'].map(house.addKey))
  const rows = await house.query<{ id: string }>(
    "SELECT id FROM budgets WHERE scope = 'key' ORDER BY limit_nanos LIMIT 2",
  )
  const gateways = await Promise.all(Array.from({ length: options.gateways }, house.startGateway))
  const scene: Scene = { house, cluster, gateways, budgets: rows.map(({ id }) => id), random }
  house.simulator.control.set({ seed: options.seed, outputTokens: [20, 60], chunkDelayMs: [0, 4], latencyMs: [0, 20] })

  const report: ChaosReport = { log: [], statuses: {}, calls: 0, wrong: [] }
  const begun = Date.now()
  const goesOn = (restMs = 0): boolean => {
    const passed = (Date.now() - begun + restMs) / 1000
    if (passed < options.seconds) return true
    return house.simulator.journal.calls.length < (options.leastCalls ?? 0) && passed < options.seconds * 10
  }
  const callers = Array.from({ length: options.gateways * callersEach }, async (_, index) => {
    const mine = randomFrom(options.seed * 1_000 + index)
    while (goesOn()) {
      const secret = keys[Math.floor(mine() * keys.length)]!.secret
      const status = await callOnce(gateways[index % gateways.length]!, secret, mine)
      report.statuses[status] = (report.statuses[status] ?? 0) + 1
      // One that is refused tries again, though not as fast as it can.
      if (status !== 200) await sleep(20)
    }
  })
  const names = Object.keys(faults)
  while (goesOn(1_000)) {
    const name = names[Math.floor(random() * names.length)]!
    const at = ((Date.now() - begun) / 1000).toFixed(1)
    const what = await faults[name]!(scene).catch((error: unknown) => `struck nothing: ${String(error)}`)
    const line = `${at.padStart(6)} s  ${name}${what && `: ${what}`}`
    report.log.push(line)
    options.say(line)
    await sleep(random() * 400)
  }
  await Promise.all(callers)

  house.databaseTap.watcher = null
  house.simulator.control.reset()
  await untilAnswering(house.query)
  await Promise.all(gateways.map((gateway) => gateway.stop()))
  await house.simulator.journal.whenIdle()
  await house.passLeases()
  if ((await house.spooled()) > 0) {
    const heir = await house.startGateway()
    await sleep(1_000)
    await heir.stop()
    await house.passLeases()
  }
  // Whatever fails, a caller is told something that it can act on.
  if (report.statuses[500]) report.wrong.push(`${report.statuses[500]} callers were told 500`)
  report.calls = house.simulator.journal.calls.length
  if ((await house.spooled()) > 0) report.wrong.push('closings are left in the spool')
  const broken = await brokenInvariants(house.query, { settled: true })
  if (Object.keys(broken).length > 0) report.wrong.push(broken)
  report.wrong.push(...(await holdAgainstJournal(house)))
  report.wrong.push(...(await house.query('SELECT * FROM ledger_verify($1)', [house.member.organizationId])))
  await house.close()
  await cluster.stop()
  return report
}

/** One call, to its end or until its caller leaves. The status, or 0. */
async function callOnce(gateway: GatewayProcess, secret: string, random: () => number): Promise<number> {
  const leaves = random() < 0.15
  const signal = AbortSignal.timeout(leaves ? Math.ceil(random() * 150) : 60_000)
  try {
    const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
      method: 'POST',
      signal,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model,
        stream: random() < 0.5,
        max_tokens: 60,
        messages: [{ role: 'user', content: 'Does the model fit?' }],
      }),
    })
    await response.text()
    return response.status
  } catch {
    return 0
  }
}

async function untilAnswering(query: Scene['house']['query']): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await query('SELECT 1')
      return
    } catch (error) {
      if (tries > 100) throw error
      await sleep(200)
    }
  }
}
