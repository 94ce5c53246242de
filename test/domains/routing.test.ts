import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertTier, joinTier, stepDeployment } from '#components/routing/move-deployment.ts'
import { pool } from '#lib/db/pool.ts'
import { changeModel } from '#lib/models/change-model.ts'
import { createModel } from '#lib/models/create-model.ts'
import { changeProvider } from '#lib/providers/change-provider.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { createRoutes } from '#lib/routing/create-routes.ts'
import { listHealth } from '#lib/routing/list-health.ts'
import { orderRoute } from '#lib/routing/order-route.ts'
import { putBack } from '#lib/routing/put-back.ts'
import { recordHealth } from '#lib/routing/record-health.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'

type Owner = Awaited<ReturnType<typeof foundLab>>

let database: TestDatabase
let owner: Owner
let providers: string[]
let model: Awaited<ReturnType<typeof createModel>>

beforeAll(async () => {
  database = await createTestDatabase()
  owner = await foundLab()
  providers = []
  for (const [name, priority] of [
    ['a', 0],
    ['b', 5],
    ['c', 0],
  ] as const) {
    const provider = await createProvider(owner, { name, vendor: 'openai', apiKey: `sk-${name}-0123456789`, priority })
    providers.push(provider.id)
  }
  model = await createModel(owner, {
    name: 'm',
    deployments: providers.map((providerId) => ({ providerId, upstreamModel: 'gpt-4o' })),
  })
})
afterAll(() => database?.drop())

/** Routes as they are now: what is remembered for half a second would hide a change. */
const routesNow = () => createRoutes(pool(), () => 'sk')
const caller = () => ({ organizationId: owner.organizationId, allowedModelIds: null as string[] | null })
const idOf = (name: string): string => model.deployments.find(({ providerName }) => providerName === name)!.id

it('a route is put into tiers whatever the providers themselves say', async () => {
  await orderRoute(owner, model.id, [[idOf('b')], [idOf('a'), idOf('c')]])
  const route = await routesNow().resolve(caller(), 'm')
  expect(route.deployments.map(({ providerName }) => providerName)[0]).toBe('b')
  const priorities = route.deployments.map(({ priority }) => priority)
  expect(priorities[1]).toBe(priorities[2])
  expect(priorities[0]).toBeLessThan(priorities[1]!)
  await expect(orderRoute(owner, model.id, [[idOf('b')]])).rejects.toMatchObject({ code: 'conflict' })
})

it('a route is put into any order, the last provider of all first, and in small numbers', async () => {
  const upstreams = ['gpt-4o', 'gpt-4o-mini']
  const [near, far] = await Promise.all(
    [0, 1000].map((priority) =>
      createProvider(owner, {
        name: `at ${priority}`,
        vendor: 'openai',
        apiKey: `sk-${priority}-0123456789`,
        priority,
      }),
    ),
  )
  const { id, deployments } = await createModel(owner, {
    name: 'far',
    deployments: [near!, far!].flatMap((provider) =>
      upstreams.map((upstreamModel) => ({ providerId: provider.id, upstreamModel })),
    ),
  })
  const orderNow = async () => {
    const route = await routesNow().resolve(caller(), 'far')
    return route.deployments.map(({ id: one, priority }) => ({ id: one, priority }))
  }
  // Every way to put four in a row, each tried after each other.
  const ids = deployments.map(({ id: one }) => one)
  const orders = (rest: string[]): string[][] =>
    rest.length === 0
      ? [[]]
      : rest.flatMap((first) => orders(rest.filter((other) => other !== first)).map((tail) => [first, ...tail]))
  for (const wanted of orders(ids)) {
    await orderRoute(
      owner,
      id,
      wanted.map((one) => [one]),
    )
    const now = await orderNow()
    expect(now.map(({ id: one }) => one)).toEqual(wanted)
    expect(new Set(now.map(({ priority }) => priority)).size).toBe(4)
  }
  await orderRoute(owner, id, [ids])
  expect(new Set((await orderNow()).map(({ priority }) => priority)).size).toBe(1)
})

it('models take over only where the caller may call them', async () => {
  const deployments = [{ providerId: providers[0]!, upstreamModel: 'gpt-4o-mini' }]
  const other = await createModel(owner, { name: 'other', deployments })
  await changeModel(owner, model.id, { fallbacks: ['other'], contextFallbacks: ['other'], firstTokenTimeoutMs: 1_000 })
  const route = await routesNow().resolve(caller(), 'm')
  expect(route.fallbacks.general.map(({ model: name }) => name)).toEqual(['other'])
  expect(route.fallbacks.context.map(({ modelId }) => modelId)).toEqual([other.id])
  expect(route.policy.firstTokenMs).toBe(1_000)
  const bound = await routesNow().resolve({ ...caller(), allowedModelIds: [model.id] }, 'm')
  expect(bound.fallbacks).toEqual({ general: [], context: [], content: [] })
  await expect(changeModel(owner, model.id, { contentFallbacks: ['m'] })).rejects.toMatchObject({
    param: 'contentFallbacks',
  })
})

describe('what a gateway learned', () => {
  const record = (changedAtMs: number, state: string) =>
    recordHealth(pool(), owner.organizationId, [
      {
        id: idOf('a'),
        organizationId: owner.organizationId,
        state,
        reason: 'slow',
        untilMs: changedAtMs + 60_000,
        changedAtMs,
        figures: { firstTokenMs: 120.4, errorRate: 0.25, inFlight: 3 },
      },
    ])

  it('is known to every other with the routes, the newer word first, and to people', async () => {
    const nowMs = Date.now()
    await record(nowMs, 'open')
    await record(nowMs - 1_000, 'ok')
    const route = await routesNow().resolve(caller(), 'm')
    const known = route.deployments.find(({ id }) => id === idOf('a'))!.known.deployment
    expect(known).toEqual({ state: 'open', reason: 'slow', untilMs: nowMs + 60_000, changedAtMs: nowMs })
    const seen = (await listHealth(owner)).find(({ id }) => id === idOf('a'))
    expect(seen).toMatchObject({ state: 'open', reason: 'slow', firstTokenMs: 120, errorRate: 0.25, inFlight: 3 })
  })

  it('is put back by a person, with a word newer than any clock', async () => {
    const aheadMs = Date.now() + 3_600_000
    await record(aheadMs, 'open')
    await putBack(owner, providers[0]!)
    const route = await routesNow().resolve(caller(), 'm')
    const known = route.deployments.find(({ id }) => id === idOf('a'))!.known.deployment
    expect(known).toMatchObject({ state: 'ok', reason: null, untilMs: null })
    expect(known!.changedAtMs).toBeGreaterThan(aheadMs)
  })

  it('of an old credential is forgotten with the new one, and of nothing else that changes', async () => {
    const provider = providers[0]!
    const learn = (changedAtMs: number) =>
      recordHealth(
        pool(),
        owner.organizationId,
        [provider, idOf('a')].map((id) => ({
          id,
          organizationId: owner.organizationId,
          state: id === provider ? 'refused' : 'open',
          reason: 'status_401',
          untilMs: changedAtMs + 900_000,
          changedAtMs,
          figures: null,
        })),
      )
    const states = async () => {
      const health = await listHealth(owner)
      return [provider, idOf('a')].map((id) => health.find((one) => one.id === id)!.state)
    }
    const laterMs = Date.now() + 7_200_000
    await learn(laterMs)
    await changeProvider(owner, provider, { weight: 2 })
    expect(await states()).toEqual(['refused', 'open'])
    await changeProvider(owner, provider, { apiKey: 'sk-new-0123456789' })
    expect(await states()).toEqual(['ok', 'ok'])
    const route = await routesNow().resolve(caller(), 'm')
    const known = route.deployments.find(({ id }) => id === idOf('a'))!.known
    expect(known.credential).toMatchObject({ state: 'ok', reason: null, untilMs: null })
    expect(known.credential!.changedAtMs).toBeGreaterThan(laterMs)
  })

  it('of another organization is neither seen nor put back', async () => {
    const stranger = await foundLab('Another')
    expect(await listHealth(stranger)).toEqual([])
    await expect(putBack(stranger, idOf('a'))).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('moving a deployment', () => {
  const tiers = [['a'], ['b', 'c'], ['d']]

  it.each([
    ['a', 1, [['b', 'c', 'a'], ['d']]],
    ['b', -1, [['a'], ['b'], ['c'], ['d']]],
    ['b', 1, [['a'], ['c'], ['b'], ['d']]],
    ['d', -1, [['a'], ['b', 'c', 'd']]],
    ['a', -1, tiers],
    ['d', 1, tiers],
  ] as const)('%s by %i', (id, step, expected) => {
    expect(stepDeployment(tiers, id, step)).toEqual(expected)
  })

  it('by hand: onto a tier, or between two', () => {
    expect(joinTier(tiers, 'd', 0)).toEqual([
      ['a', 'd'],
      ['b', 'c'],
    ])
    expect(insertTier(tiers, 'c', 0)).toEqual([['c'], ['a'], ['b'], ['d']])
    expect(insertTier(tiers, 'a', 3)).toEqual([['b', 'c'], ['d'], ['a']])
  })
})
