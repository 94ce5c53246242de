import { request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createModel } from '#lib/models/create-model.ts'
import { listProviders } from '#lib/providers/list-providers.ts'
import { brokenInvariants } from '../ledger/invariants.ts'
import { randomFrom } from '../proxy/support/random.ts'
import { seeds } from '../support/seeds.ts'
import { holdAgainstJournal } from './hold-against-journal.ts'
import { type House, inputNanos, model, openHouse, outputNanos } from './open-house.ts'
import type { GatewayProcess } from './start-gateway.ts'

const callsEach = 200
const atOnce = 16
/** One that thinks before it speaks, and shows nothing of it. */
const thinker = 'o3'

let house: House
let gateway: GatewayProcess

beforeAll(async () => {
  house = await openHouse({ tapsVendor: false })
  const [provider] = await listProviders(house.member)
  await createModel(house.member, {
    name: thinker,
    deployments: [{ providerId: provider!.id, upstreamModel: thinker }],
    price: { inputPerMtok: inputNanos * 1_000_000n, outputPerMtok: outputNanos * 1_000_000n },
  })
  gateway = await house.startGateway()
})

afterAll(async () => {
  await gateway?.stop()
  await house?.close()
})

/** When a caller leaves: after so many bytes of the answer, or after so long. */
interface Departure {
  stream: boolean
  afterBytes: number
  afterMs: number
  name: string
}

function departureFrom(random: () => number): Departure {
  const stream = random() < 0.7
  return {
    stream,
    afterBytes: random() < 0.2 ? 0 : Math.floor(random() * (stream ? 12_000 : 900)),
    afterMs: random() < 0.2 ? random() * 40 : 5_000,
    name: random() < 0.3 ? thinker : model,
  }
}

/** True when the caller left, false when the answer was whole before that. */
function callAndLeave(secret: string, { stream, afterBytes, afterMs, name }: Departure): Promise<boolean> {
  return new Promise((resolve) => {
    const call = request(`${gateway.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    })
    const leave = () => {
      clearTimeout(timer)
      call.destroy()
      resolve(true)
    }
    const timer = setTimeout(leave, afterMs)
    call.on('error', leave)
    call.on('response', (response) => {
      let bytes = 0
      if (afterBytes === 0) leave()
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes >= afterBytes) leave()
      })
      response.on('error', leave)
      response.on('end', () => {
        clearTimeout(timer)
        resolve(false)
      })
    })
    call.end(
      JSON.stringify({
        model: name,
        stream,
        max_tokens: 160,
        messages: [{ role: 'user', content: 'Count the samples.' }],
      }),
    )
  })
}

it.each(seeds(1))(
  `${callsEach} callers who leave anywhere are charged what they were served, and no more than was set aside (seed %i)`,
  async (seed) => {
    const random = randomFrom(seed)
    const key = await house.addKey('1000')
    house.simulator.journal.reset()
    house.simulator.control.set({ seed, outputTokens: [5, 80], chunkDelayMs: [0, 3], latencyMs: [0, 15] })
    house.simulator.control.set({ model: thinker, reasoningTokens: 60, tokensPerSecond: 250 })
    const [{ last }] = (await house.query<{ last: string }>(
      'SELECT coalesce(max(id), 0) AS last FROM ledger_entries',
    )) as [{ last: string }]
    const departures = Array.from({ length: callsEach }, () => departureFrom(random))
    let left = 0
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let next = departures.pop(); next; next = departures.pop()) {
          if (await callAndLeave(key.secret, next)) left++
        }
      }),
    )
    await house.simulator.journal.whenIdle()
    await expect.poll(() => house.query('SELECT request_id FROM reservations'), { timeout: 20_000 }).toEqual([])
    expect(left).toBeGreaterThan(callsEach / 2)
    expect(await brokenInvariants(house.query, { settled: true })).toEqual({})
    expect(await holdAgainstJournal(house, { since: last })).toEqual([])
  },
)
