import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Member } from '#lib/auth/member.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { changeModel } from '#lib/models/change-model.ts'
import { createModel } from '#lib/models/create-model.ts'
import { getModel } from '#lib/models/get-model.ts'
import { removeModel } from '#lib/models/remove-model.ts'
import { listPrices } from '#lib/prices/list-prices.ts'
import { setPrice } from '#lib/prices/set-price.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { usd } from '../support/usd.ts'

let database: TestDatabase
let owner: Member
let providerId: string

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())
beforeEach(async () => {
  owner = await foundLab()
  providerId = (await createProvider(owner, { name: 'p', vendor: 'openai', apiKey: 'sk-0123456789' })).id
})

function makeModel(name: string, upstreamModel = name) {
  return createModel(owner, { name, deployments: [{ providerId, upstreamModel }] })
}

const own = { inputPerMtok: usd('1'), outputPerMtok: usd('2') }

describe('a model', () => {
  it('takes the price and the size of the catalogue', async () => {
    expect(await makeModel('gpt-4o')).toMatchObject({
      contextTokens: 128_000,
      maxOutputTokens: null,
      priced: true,
      deployments: [{ price: { source: 'catalogue', inputPerMtok: usd('2.5'), cacheReadPerMtok: usd('1.25') } }],
    })
  })

  it('is unpriced where the catalogue is silent, until it gets a price', async () => {
    const { id } = await makeModel('ours', 'no-such-model')
    expect(await getModel(owner, id)).toMatchObject({
      priced: false,
      contextTokens: null,
      deployments: [{ price: null }],
    })
    await setPrice(owner, { modelId: id, ...own })
    expect(await getModel(owner, id)).toMatchObject({ priced: true, deployments: [{ price: { source: 'override' } }] })
  })

  it('takes its own price before that of the catalogue', async () => {
    const model = await createModel(owner, {
      name: 'gpt-4o',
      deployments: [{ providerId, upstreamModel: 'gpt-4o' }],
      price: { ...own, tiers: [{ aboveInputTokens: 1000, inputPerMtok: 3n, outputPerMtok: 4n }] },
    })
    expect(model.deployments[0]?.price).toMatchObject({
      source: 'override',
      deploymentId: null,
      ...own,
      cacheReadPerMtok: null,
      tiers: [{ aboveInputTokens: 1000, inputPerMtok: 3n, outputPerMtok: 4n, cacheReadPerMtok: null }],
    })
    expect(await listPrices(owner, { modelId: model.id })).toHaveLength(2)
  })

  it('has no name twice, no deployment twice and no fallback that is not there', async () => {
    await makeModel('gpt-4o')
    await expect(makeModel('gpt-4o')).rejects.toMatchObject({ code: 'conflict', param: 'name' })
    const deployment = { providerId, upstreamModel: 'x' }
    await expect(createModel(owner, { name: 'a', deployments: [deployment, deployment] })).rejects.toMatchObject({
      param: 'deployments',
    })
    await expect(
      createModel(owner, { name: 'a', deployments: [deployment], fallbacks: ['gpt-4o', 'none'] }),
    ).rejects.toMatchObject({ param: 'fallbacks.1' })
    await expect(makeModel('../../etc')).rejects.toMatchObject({ param: 'name' })
  })

  it('keeps a deployment that stays, with its price, and takes new ones in', async () => {
    const model = await makeModel('gpt-4o')
    const changed = await changeModel(owner, model.id, {
      deployments: [
        { providerId, upstreamModel: 'gpt-4o', priority: 1 },
        { providerId, upstreamModel: 'gpt-4o-mini' },
      ],
    })
    expect(changed.deployments.map(({ upstreamModel }) => upstreamModel)).toEqual(['gpt-4o-mini', 'gpt-4o'])
    expect(changed.deployments[1]).toMatchObject({ ...model.deployments[0], priority: 1 })
    expect(changed.deployments[0]?.price?.inputPerMtok).toBe(usd('0.15'))
    const fewer = await changeModel(owner, model.id, { deployments: [{ providerId, upstreamModel: 'gpt-4o-mini' }] })
    expect(fewer.deployments).toHaveLength(1)
  })

  it('falls back to others and not to itself', async () => {
    const small = await makeModel('gpt-4o-mini')
    const big = await createModel(owner, {
      name: 'gpt-4o',
      deployments: [{ providerId, upstreamModel: 'gpt-4o' }],
      fallbacks: ['gpt-4o-mini'],
    })
    expect(big.fallbacks).toEqual(['gpt-4o-mini'])
    await expect(changeModel(owner, big.id, { fallbacks: ['gpt-4o'] })).rejects.toMatchObject({ param: 'fallbacks' })
    await removeModel(owner, small.id)
    expect(await getModel(owner, big.id)).toMatchObject({ fallbacks: [] })
  })

  it('that is removed leaves the keys that allowed only it with nothing, also when the name comes back', async () => {
    const { id } = await makeModel('gpt-4o')
    const { id: projectId } = await createProject(owner, { name: 'p', models: ['gpt-4o'] })
    const key = await createKey(owner, { name: 'k', projectId, models: ['gpt-4o'], budgets: null })
    await removeModel(owner, id)
    await makeModel('gpt-4o')
    expect(await getKey(owner, key.id)).toMatchObject({ models: [] })
  })
})

describe('setting a price', () => {
  it('takes effect from its date, and the latest that has begun counts', async () => {
    const { id } = await makeModel('gpt-4o')
    const price = async () => (await getModel(owner, id)).deployments[0]?.price?.inputPerMtok
    await setPrice(owner, { modelId: id, ...own, effectiveFrom: new Date(Date.now() + 3_600_000) })
    expect(await price()).toBe(usd('2.5'))
    await setPrice(owner, { modelId: id, ...own, inputPerMtok: usd('7') })
    expect(await price()).toBe(usd('7'))
    await setPrice(owner, { modelId: id, ...own, inputPerMtok: usd('8'), effectiveFrom: new Date('2020-01-01') })
    expect(await price()).toBe(usd('7'))
    await setPrice(owner, { modelId: id, ...own, inputPerMtok: 0n })
    expect(await price()).toBe(0n)
  })

  it("of a deployment goes before the model's", async () => {
    const { id, deployments } = await makeModel('gpt-4o')
    const deploymentId = deployments[0]!.id
    await setPrice(owner, { modelId: id, deploymentId, ...own, inputPerMtok: usd('3') })
    await setPrice(owner, { modelId: id, ...own, inputPerMtok: usd('4') })
    expect((await getModel(owner, id)).deployments[0]?.price).toMatchObject({ deploymentId, inputPerMtok: usd('3') })
  })

  it('of tokens leaves that of pictures and sound as it was, unless it says otherwise', async () => {
    const { id } = await makeModel('pictures')
    const units = [{ kind: 'image', priceNanos: usd('0.04'), per: 1 } as const]
    await setPrice(owner, { modelId: id, ...own, units: [...units] })
    expect((await setPrice(owner, { modelId: id, ...own, inputPerMtok: usd('9') })).units).toEqual(units)
    expect((await setPrice(owner, { modelId: id, ...own, units: [] })).units).toEqual([])
  })

  it('leaves every earlier version as it was', async () => {
    const { id } = await makeModel('gpt-4o')
    const before = await listPrices(owner)
    await setPrice(owner, { modelId: id, ...own })
    const after = await listPrices(owner)
    expect(after.slice(-before.length)).toEqual(before)
    await expect(asOwner(database, 'UPDATE prices SET input_nanos_per_mtok = 0')).rejects.toThrow(/append-only/)
  })
})
