import { describe, expect, test } from 'vitest'
import type { Price } from '#lib/core/price.ts'
import type { UnitPrice } from '#lib/core/units.ts'
import { type Usage, unknownUsage } from '#lib/core/usage.ts'
import type { ModelRequest } from '#proxy/dialects/dialect.ts'
import { billAnswer } from '#proxy/metering/bill-answer.ts'
import { boundCost } from '#proxy/metering/bound-cost.ts'
import { nothingWritten } from '#proxy/metering/written.ts'
import { caller, deploymentOf, price } from './support/world.ts'

const byImage: UnitPrice = { kind: 'image', priceNanos: 40_000_000n, per: 1 }
const free = { ...price, inputPerMtok: 0n, outputPerMtok: 0n, cacheReadPerMtok: null }

const pictures: ModelRequest = {
  model: 'painter',
  stream: false,
  wantsUsage: false,
  outputCap: 8192,
  choices: 2,
  input: { textBytes: 100, images: 0, scaffoldTokens: 0, readTexts: () => ({ texts: [], frameTokens: 0 }) },
  units: { image: 2, image_output_token: 1 },
  paidBy: { kind: 'image', orTokens: true },
  body: {},
}

const allowed = { inputTokens: 100, outputTokens: 16_384 }

function boundOf(priceOfIt: Price | null, request = pictures) {
  const deployments = [deploymentOf({ baseUrl: 'http://vendor.test' }, { price: priceOfIt })]
  const policy = {
    connectMs: null,
    firstTokenMs: null,
    idleMs: null,
    totalMs: null,
    maxAttempts: null,
    isContinued: false,
  }
  const fallbacks = { general: [], context: [], content: [] }
  const route = {
    modelId: 'model',
    model: 'painter',
    maxOutputTokens: null,
    contextTokens: null,
    deployments,
    policy,
    fallbacks,
  }
  return boundCost(request.input.textBytes, request, caller, route).wantNanos
}

function bill(priceOfIt: Price | null, usage: Usage | null, request = pictures) {
  const deployment = deploymentOf({ baseUrl: 'http://vendor.test' }, { price: priceOfIt })
  return billAnswer({ request, deployment, allowed, keptNanos: 0n }, { usage, broken: false }, nothingWritten)
}

describe('the bound of what is paid by the unit', () => {
  test('is its price times what was asked for', () => {
    expect(boundOf({ ...free, units: [byImage] })).toBe(80_000_000n)
  })
  test('is that of its tokens where it has no price of its own', () => {
    expect(boundOf(price)).toBe(100n * 2_500n + 16_384n * 10_000n)
  })
  test('takes the dearest kind of tokens', () => {
    const units: UnitPrice[] = [{ kind: 'image_output_token', priceNanos: 40_000_000_000n, per: 1_000_000 }]
    expect(boundOf({ ...price, units })).toBe(100n * 2_500n + 16_384n * 40_000n)
  })
  test.each([
    ['nothing has a price', null, pictures],
    ['tokens are free and pictures have no price', free, pictures],
    [
      'tokens will not do',
      price,
      { ...pictures, paidBy: { kind: 'character', orTokens: false } } satisfies ModelRequest,
    ],
  ])('is unknown where %s', (_, priceOfIt, request) => {
    expect(boundOf(priceOfIt, request)).toBeNull()
  })
})

describe('the bill of what is paid by the unit', () => {
  test('is what the vendor counts', async () => {
    const told = { ...unknownUsage, units: { image: 1 } }
    expect(await bill({ ...free, units: [byImage] }, told)).toEqual({
      usage: told,
      costNanos: 40_000_000n,
      estimated: false,
    })
  })
  test('is what was asked for where the vendor counts nothing', async () => {
    const { costNanos, estimated } = await bill({ ...free, units: [byImage] }, null)
    expect({ costNanos, estimated }).toEqual({ costNanos: 80_000_000n, estimated: true })
  })
  test('is no guess where the request itself says it', async () => {
    const units: UnitPrice[] = [{ kind: 'character', priceNanos: 15_000n, per: 1 }]
    const request: ModelRequest = {
      ...pictures,
      units: { character: 7 },
      paidBy: { kind: 'character', orTokens: false },
    }
    const { costNanos, estimated } = await bill({ ...free, units }, null, request)
    expect({ costNanos, estimated }).toEqual({ costNanos: 105_000n, estimated: false })
  })
  test('keeps the whole bound where tokens should pay and nobody counted them', async () => {
    const units: UnitPrice[] = [{ kind: 'image_output_token', priceNanos: 40_000_000_000n, per: 1_000_000 }]
    const { costNanos, estimated } = await bill({ ...price, units }, null)
    expect({ costNanos, estimated }).toEqual({ costNanos: 100n * 2_500n + 16_384n * 40_000n, estimated: true })
  })
})
