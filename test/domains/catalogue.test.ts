import { calcPrice, findProvider } from '@pydantic/genai-prices'
import { describe, expect, it } from 'vitest'
import { formatUsd } from '#lib/core/money.ts'
import { costOf } from '#lib/core/price.ts'
import { findInCatalogue } from '#lib/prices/catalogue.ts'
import { ratesOfCatalogue, toNanos } from '#lib/prices/rates-of-catalogue.ts'
import { findVendor, vendors } from '#lib/providers/vendors.ts'

const at = new Date('2026-11-24T12:00:00Z')

function find(vendorId: string, model: string, when = at, baseUrl = 'https://example.com/v1') {
  return findInCatalogue(findVendor(vendorId)!, baseUrl, model, when)
}

function usdOf(vendorId: string, model: string) {
  const { id, ...price } = { id: '', ...find(vendorId, model)!.versions[0]!.price }
  return JSON.parse(JSON.stringify(price, (_, value) => (typeof value === 'bigint' ? formatUsd(value) : value)))
}

describe('the catalogue', () => {
  it.each([
    ['openai', 'gpt-4o', { inputPerMtok: '2.5', outputPerMtok: '10', cacheReadPerMtok: '1.25', tiers: [] }],
    ['openai', 'gpt-4o-2024-08-06', { inputPerMtok: '2.5', outputPerMtok: '10' }],
    ['openai', 'gpt-3.5-turbo', { inputPerMtok: '0.5', outputPerMtok: '1.5', cacheReadPerMtok: null }],
    ['azure', 'gpt-4o-mini', { inputPerMtok: '0.15', outputPerMtok: '0.6', cacheReadPerMtok: '0.075' }],
    [
      'anthropic',
      'claude-sonnet-4-5',
      {
        inputPerMtok: '3',
        outputPerMtok: '15',
        cacheReadPerMtok: '0.3',
        cacheWritePerMtok: '3.75',
        tiers: [
          {
            aboveInputTokens: 200_000,
            inputPerMtok: '6',
            outputPerMtok: '22.5',
            cacheReadPerMtok: '0.6',
            cacheWritePerMtok: '7.5',
            reasoningPerMtok: null,
          },
        ],
      },
    ],
    [
      'gemini',
      'gemini-2.5-pro',
      { inputPerMtok: '1.25', outputPerMtok: '10', tiers: [{ aboveInputTokens: 200_000, inputPerMtok: '2.5' }] },
    ],
    ['openai', 'text-embedding-3-small', { inputPerMtok: '0.02', outputPerMtok: '0' }],
  ])('knows %s %s', (vendor, model, price) => {
    expect(usdOf(vendor, model)).toMatchObject(price)
  })

  it('knows how much a model takes', () => {
    expect(find('openai', 'gpt-4o')?.contextTokens).toBe(128_000)
  })

  it('takes the dearest of prices that depend on the hour', () => {
    expect(usdOf('deepseek', 'deepseek-reasoner')).toMatchObject({ inputPerMtok: '0.55', outputPerMtok: '2.19' })
  })

  it('holds an announced price back until its day', () => {
    const versions = find('gemini', 'gemini-3.6-flash')!.versions
    expect(versions.map(({ effectiveFrom, price }) => [effectiveFrom, formatUsd(price.inputPerMtok)])).toEqual([
      [at, '0.75'],
      [new Date('2027-01-01'), '1.5'],
    ])
    expect(find('gemini', 'gemini-3.6-flash', new Date('2027-01-01'))!.versions).toHaveLength(1)
  })

  it.each([
    ['a model nobody knows', 'openai', 'no-such-model'],
    ['one of another vendor', 'openai', 'claude-sonnet-4-5'],
    ['a vendor without a list', 'qwen', 'qwen-max'],
    ['local models', 'ollama', 'llama3.3'],
  ])('has nothing for %s', (_, vendor, model) => {
    expect(find(vendor, model)?.versions ?? []).toEqual([])
  })

  it.each([
    ['the page', 'mistral', 'mistral-ocr-2512'],
    ['the message', 'xai', 'grok-voice-think-fast-1.0'],
  ])('has no price for what is paid by %s', (_, vendor, model) => {
    expect(find(vendor, model)?.versions).toEqual([])
  })

  it('prices what a compatible vendor resells by its address, else by the list of its maker', () => {
    const compatible = (model: string, baseUrl: string) =>
      find('openai-compatible', model, at, baseUrl)?.versions[0]?.price.inputPerMtok
    expect(compatible('gpt-4o', 'https://relay.example.com/v1')).toBe(2_500_000_000n)
    expect(compatible('llama-3.3-70b-versatile', 'https://api.groq.com/openai/v1')).toBe(
      find('groq', 'llama-3.3-70b-versatile')!.versions[0]!.price.inputPerMtok,
    )
    expect(compatible('my-own-model', 'https://relay.example.com/v1')).toBeUndefined()
  })

  it('agrees with the package on all of its plain prices', () => {
    const usage = { input_tokens: 1_000_000, output_tokens: 1_000_000 }
    let compared = 0
    for (const vendor of vendors) {
      const provider = findProvider({ providerId: vendor.catalogue ?? 'none' })
      for (const model of provider?.models ?? []) {
        const [version] = find(vendor.id, model.id)?.versions ?? []
        const theirs = calcPrice(usage, model.id, { ...(provider && { provider }), timestamp: at })
        if (!version || !theirs || theirs.model_price.requests_kcount !== undefined) continue
        if (Array.isArray(theirs.model.prices)) continue
        const ours = costOf(
          { inputTokens: 1_000_000, outputTokens: 1_000_000, cachedTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
          { id: '', ...version.price },
        )
        expect({ model: model.id, usd: Number(formatUsd(ours)) }).toEqual({
          model: model.id,
          usd: Number(theirs.total_price.toFixed(9)),
        })
        compared++
      }
    }
    expect(compared).toBeGreaterThan(500)
  })
})

describe('models that are not paid by tokens of text', () => {
  it.each([
    ['openai', 'whisper-1', [{ kind: 'second', priceNanos: 360_000_000n, per: 3600 }]],
    ['groq', 'whisper-large-v3', [{ kind: 'second', priceNanos: 111_000_000n, per: 3600 }]],
    ['openai', 'tts-1', [{ kind: 'character', priceNanos: 15_000_000_000n, per: 1_000_000 }]],
    ['openai', 'tts-1-hd', [{ kind: 'character', priceNanos: 30_000_000_000n, per: 1_000_000 }]],
    ['azure', 'dall-e-3', [{ kind: 'image', priceNanos: 12_000_000_000n, per: 100 }]],
    ['openai', 'omni-moderation-latest', []],
    ['cohere', 'rerank-v3.5', [{ kind: 'search', priceNanos: 2_000_000_000n, per: 1000 }]],
    ['cohere', 'rerank-v4.0-fast', [{ kind: 'search', priceNanos: 2_000_000_000n, per: 1000 }]],
    ['cohere', 'rerank-v4.0-pro', [{ kind: 'search', priceNanos: 5_000_000_000n, per: 2000 }]],
    ['openai', 'gpt-image-1', [{ kind: 'image_input_token', priceNanos: 10_000_000_000n, per: 1_000_000 }]],
    ['gemini', 'gemini-2.5-flash', [{ kind: 'audio_input_token', priceNanos: 1_000_000_000n, per: 1_000_000 }]],
  ] as const)('%s %s', (vendor, model, units) => {
    expect(find(vendor, model)?.versions[0]?.price.units).toEqual(units)
  })

  it('a reranker that is paid by tokens is paid by no search', () => {
    const priceOf = (model: string) => find('cohere', model)?.versions[0]?.price
    expect(priceOf('rerank-v5.0-pro')).toMatchObject({ inputPerMtok: 50_000_000n, outputPerMtok: 0n, units: [] })
    expect(priceOf('rerank-v5.0-fast')).toMatchObject({ inputPerMtok: 20_000_000n, units: [] })
    expect(priceOf('rerank-v6.0')).toBeUndefined()
  })
})

describe('a number of the catalogue', () => {
  it.each([
    [2.5, 2_500_000_000n],
    [0.1, 100_000_000n],
    [0.000000001, 1n],
    [1e-10, 1n],
    [0.08333333333333334, 83_333_334n],
    [0, 0n],
    [75, 75_000_000_000n],
  ])('%d becomes nano-dollars by its digits, rounded up', (usd, nanos) => {
    expect(toNanos(usd)).toBe(nanos)
  })

  it.each([-1, Number.NaN, 1e21])('%d is refused', (usd) => {
    expect(() => toNanos(usd)).toThrow(/not a price/)
  })
})

describe('several prices at once', () => {
  it('become the dearest of each class', () => {
    expect(
      ratesOfCatalogue([
        { input_mtok: 1, output_mtok: 2, cache_read_mtok: 0.1 },
        { input_mtok: 0.5, output_mtok: 4, requests_kcount: 1.5 },
      ]),
    ).toMatchObject({
      inputPerMtok: 1_000_000_000n,
      outputPerMtok: 4_000_000_000n,
      cacheReadPerMtok: 500_000_000n,
      cacheWritePerMtok: null,
      perRequest: 1_500_000n,
    })
  })
})
