import { describe, expect, test } from 'vitest'
import { highestCostOf } from '#lib/core/price.ts'
import type { ModelRequest } from '#proxy/dialects/dialect.ts'
import { openAiChat } from '#proxy/dialects/openai-chat/openai-chat.ts'
import type { Exchange } from '#proxy/exchange.ts'
import type { Caller, Gateway, Route } from '#proxy/gateway.ts'
import { estimateExactly } from '#proxy/metering/estimate-exactly.ts'
import { type Allowance, capOutput } from '#proxy/steps/cap-output.ts'
import { estimateCost } from '#proxy/steps/estimate-cost.ts'
import { reserveBudget } from '#proxy/steps/reserve-budget.ts'
import { MemoryLedger } from './support/memory-ledger.ts'
import { hasTraffic, readTraffic } from './support/traffic.ts'
import { caller, deploymentOf, price, routeOf } from './support/world.ts'

const vendor = { baseUrl: 'http://vendor.test/v1' }
const route: Route = routeOf('gpt-4o', [deploymentOf(vendor)], { maxOutputTokens: 1000, contextTokens: null })

function ask(body: object): ModelRequest {
  const text = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }], ...body })
  return openAiChat.parseRequest(
    { value: JSON.parse(text), byteLength: Buffer.byteLength(text) },
    { path: '', query: '', headers: {} },
  )
}

describe('an estimate', () => {
  test('takes the cap of the caller, else of the key, else of the model, else a stated one', () => {
    const capOf = (body: object, key: Partial<Caller>, more: Partial<Route>) => {
      const { outputTokens, capFrom } = estimateCost(ask(body), { ...caller, ...key }, { ...route, ...more })
      return [outputTokens, capFrom]
    }
    expect(capOf({ max_tokens: 7 }, { maxOutputTokens: 5 }, {})).toEqual([7, 'caller'])
    expect(capOf({ max_tokens: 7, max_completion_tokens: 9 }, {}, {})).toEqual([9, 'caller'])
    expect(capOf({}, { maxOutputTokens: 5 }, {})).toEqual([5, 'key'])
    expect(capOf({}, { maxOutputTokens: 5000 }, {})).toEqual([1000, 'model'])
    expect(capOf({}, {}, {})).toEqual([1000, 'model'])
    expect(capOf({}, {}, { maxOutputTokens: null })).toEqual([4096, 'default'])
  })

  test('multiplies by the answers that are asked for', () => {
    const one = estimateCost(ask({ max_tokens: 100 }), caller, route)
    const three = estimateCost(ask({ max_tokens: 100, n: 3 }), caller, route)
    const best = estimateCost(ask({ max_tokens: 100, n: 1, best_of: 3 }), caller, route)
    const costOf = (choices: number, inputTokens: number) => highestCostOf(inputTokens, choices * 100, price)
    expect(one.wantNanos).toBe(costOf(1, one.inputTokens))
    expect(three.wantNanos).toBe(costOf(3, three.inputTokens))
    expect(best.wantNanos).toBe(costOf(3, best.inputTokens))
  })

  test('takes the dearest deployment, and none when one has no price', () => {
    const dear = { ...price, outputPerMtok: price.outputPerMtok * 7n }
    const both = { ...route, deployments: [deploymentOf(vendor), deploymentOf(vendor, { price: dear })] }
    const estimate = estimateCost(ask({ max_tokens: 100 }), caller, both)
    expect(estimate.wantNanos).toBe(highestCostOf(estimate.inputTokens, 100, dear))
    const unpriced = { ...route, deployments: [deploymentOf(vendor), deploymentOf(vendor, { price: null })] }
    expect(estimateCost(ask({}), caller, unpriced)).toMatchObject({ wantNanos: null, floorNanos: null })
  })

  test("leaves a caller's own cap no room, and any other down to a small answer", () => {
    const own = estimateCost(ask({ max_tokens: 100 }), caller, route)
    expect(own.floorNanos).toBe(own.wantNanos)
    const open = estimateCost(ask({}), caller, route)
    expect(open.floorNanos).toBe(open.costWith(16))
    expect(open.comfortNanos).toBe(open.costWith(1000))
  })

  test('bounds a picture by what it can be, not by its bytes', () => {
    const content = [
      { type: 'image_url', image_url: { url: `data:image/png;base64,iVBORw0KGgoA${'A'.repeat(2_000_000)}` } },
    ]
    const { inputTokens } = estimateCost(ask({ messages: [{ role: 'user', content }] }), caller, route)
    expect(inputTokens).toBeGreaterThan(16_000)
    expect(inputTokens).toBeLessThan(20_000)
  })

  test('by the tokenizer is the count that the vendor makes', async () => {
    expect((await estimateExactly(ask({}), caller, route))?.inputTokens).toBe(8)
    const other = { ...route, deployments: [deploymentOf(vendor, { upstreamModel: 'qwen3-max' })] }
    expect(await estimateExactly(ask({}), caller, other)).toBeNull()
  })

  test('by the tokenizer ends in good time on text that is made to be slow', async () => {
    const content = ['a', ' ', '\n', '漢'].map((letter) => letter.repeat(20_000)).join('')
    const estimate = await estimateExactly(ask({ messages: [{ role: 'user', content }] }), caller, route)
    expect(estimate?.inputTokens).toBeGreaterThan(1000)
  })
})

describe.skipIf(!hasTraffic)('an estimate of recorded requests', () => {
  // Models that search by themselves read more than they were asked; the others must stay within the bound.
  const searching = /web-search|search-tool|citations|perplexity/
  const recordings = readTraffic(/chat_completions\.(json|stream)\.200/).filter(({ file }) => !searching.test(file))

  function readPromptTokens(body: string): number {
    return Math.max(...[...body.matchAll(/"prompt_tokens":\s*(\d+)/g)].map(([, count]) => Number(count)), 0)
  }

  test.each(
    recordings.flatMap(({ file, request, body, provider }) =>
      request?.messages ? [[file, request, readPromptTokens(body), provider] as const] : [],
    ),
  )('%s: no vendor counted more', async (_, request, promptTokens, provider) => {
    const { messages, tools, functions, response_format } = request
    const asked = { messages, tools, functions, response_format }
    let parsed: ModelRequest
    try {
      parsed = ask(JSON.parse(JSON.stringify(asked)))
    } catch (error) {
      // Sound and documents are refused, because nobody can bound them.
      expect(String(error)).toMatch(/could not be bounded/)
      return
    }
    expect(estimateCost(parsed, caller, route).inputTokens).toBeGreaterThanOrEqual(promptTokens)
    if (provider !== 'openai') return
    const upstreamModel = String(request.model)
    const exact = { ...route, deployments: [deploymentOf(vendor, { upstreamModel })] }
    const estimate = await estimateExactly(parsed, caller, exact)
    expect(estimate?.inputTokens).toBeGreaterThanOrEqual(promptTokens)
  })
})

describe('reserving', () => {
  async function reserve(limitNanos: bigint, body: object, more: Partial<Route> = {}): Promise<Allowance> {
    const ledger = new MemoryLedger(limitNanos)
    const request = ask(body)
    const on = { ...route, ...more }
    const exchange = { id: 'request', request: { signal: new AbortController().signal } } as Exchange
    const gateway = { ledger } as unknown as Gateway
    const estimate = estimateCost(request, caller, on)
    const reserved = await reserveBudget(gateway, exchange, caller, request, on, estimate)
    return capOutput(reserved, request, caller, on)
  }

  const plenty = 10n ** 12n

  test('what is wanted tells the vendor nothing that the caller or the model already says', async () => {
    expect((await reserve(plenty, { max_tokens: 100 })).outputCap).toBeNull()
    expect((await reserve(plenty, {})).outputCap).toBeNull()
  })

  test('under a cap of ours tells the vendor that cap', async () => {
    expect((await reserve(plenty, {}, { maxOutputTokens: null })).outputCap).toBe(4096)
  })

  test('less than is wanted cuts the answer to what it pays for beside the input as it really is', async () => {
    const { inputTokens } = estimateCost(ask({}), caller, route)
    const limit = BigInt(inputTokens) * 2_500n + 123n * 10_000n
    // The bytes said 123 tokens; the tokenizer frees what they overestimated.
    const fits = Number((limit - 8n * 2_500n) / 10_000n)
    expect(fits).toBeGreaterThan(123)
    expect(await reserve(limit, {})).toMatchObject({ inputTokens: 8, outputTokens: fits, outputCap: fits })
    const half = Math.floor(fits / 2)
    expect(await reserve(limit, { n: 2 })).toMatchObject({ inputTokens: 8, outputTokens: 2 * half, outputCap: half })
    const other = { deployments: [deploymentOf(vendor, { upstreamModel: 'qwen3-max' })] }
    expect(await reserve(limit, {}, other)).toMatchObject({ inputTokens, outputTokens: 123, outputCap: 123 })
  })

  test('what the bytes do not fit into is tried again by the tokenizer, to the last nano-dollar', async () => {
    const exactly = 8n * 2_500n + 50n * 10_000n
    expect(await reserve(exactly, { max_tokens: 50 })).toMatchObject({ inputTokens: 8, outputTokens: 50 })
    await expect(reserve(exactly - 1n, { max_tokens: 50 })).rejects.toMatchObject({
      code: 'insufficient_quota',
      facts: { max_tokens_that_fit: 49 },
    })
  })

  test('nothing is counted for a budget that could not pay in any case', async () => {
    await expect(reserve(100n, { max_tokens: 50 })).rejects.toMatchObject({ code: 'insufficient_quota' })
  })

  test('a cap of ours leaves room for the input in the context', async () => {
    const content = 'word '.repeat(4000)
    const messages = [{ role: 'user', content }]
    const grant = await reserve(plenty, { messages }, { maxOutputTokens: null, contextTokens: 8192 })
    expect(grant.outputCap).toBeLessThan(8192 - 4000)
    expect(grant.outputCap).toBeGreaterThan(2000)
  })
})

describe('what is sent', () => {
  const target = { vendor: 'openai', upstreamModel: 'gpt-4o-2024-08-06' }

  test('is the body of the caller with the model that was priced', () => {
    const request = ask({ temperature: 0.5, stream_options: null })
    expect(JSON.parse(String(openAiChat.writeRequest(request, target, null)))).toEqual({
      ...request.body,
      model: 'gpt-4o-2024-08-06',
    })
  })

  test('names a cap as the vendor does', () => {
    const request = ask({})
    expect(JSON.parse(String(openAiChat.writeRequest(request, target, 9)))).toMatchObject({ max_completion_tokens: 9 })
    const other = { ...target, vendor: 'openai-compatible' }
    expect(JSON.parse(String(openAiChat.writeRequest(request, other, 9)))).toMatchObject({ max_tokens: 9 })
  })
})
