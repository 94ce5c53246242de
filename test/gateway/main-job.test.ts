import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createKey } from '#lib/keys/create-key.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { pauseKey } from '#lib/keys/pause-key.ts'
import { revokeKey } from '#lib/keys/revoke-key.ts'
import { verifyLedger } from '#lib/ledger/verify-ledger.ts'
import { costByJournal, inputNanos, model, outputNanos, type RunningLab, startLab } from './start-lab.ts'

const messages = [{ role: 'user' as const, content: 'Is the sample large enough?' }]

let lab: RunningLab

beforeAll(async () => {
  lab = await startLab()
})

afterAll(async () => {
  await lab?.close()
})

beforeEach(() => {
  lab.simulator.control.reset()
  lab.simulator.journal.reset()
})

describe('a student calls a model with the official client', () => {
  it('and the spend is what the vendor served, to the nano-dollar', async () => {
    const key = await lab.addKey('1')
    const answer = await lab.client(key).chat.completions.create({ model, messages })
    expect(answer.choices[0]?.message.content).toBeTruthy()
    const stream = await lab.client(key).chat.completions.create({ model, messages, stream: true })
    let text = ''
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    expect(text).toBe(answer.choices[0]?.message.content)
    const seen = await getKey(lab.member, key.id)
    expect(seen.spentNanos).toBe(costByJournal(lab.simulator))
    expect(seen.reservedNanos).toBe(0n)
    expect(await verifyLedger(lab.member)).toMatchObject({ ok: true, mismatches: [] })
  })

  it('and finds the cost in the usage of a stream that asked for it', async () => {
    const key = await lab.addKey(null)
    const stream = await lab.client(key).chat.completions.create({
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    })
    let usage: Record<string, unknown> | null | undefined
    for await (const chunk of stream) usage = (chunk.usage as typeof usage) ?? usage
    expect(Number(usage?.cost) * 1e9).toBeCloseTo(Number(costByJournal(lab.simulator)), 0)
  })

  it('and leaves in the middle: the call is charged at least what was served, at most what was reserved', async () => {
    const key = await lab.addKey('1')
    lab.simulator.control.set({ chunkDelayMs: 15, outputTokens: 100 })
    const stream = await lab.client(key).chat.completions.create({ model, messages, stream: true, max_tokens: 100 })
    let chunks = 0
    for await (const _ of stream) if (++chunks === 8) break
    stream.controller.abort()
    await expect.poll(async () => (await getKey(lab.member, key.id)).reservedNanos).toBe(0n)
    const { spentNanos } = await getKey(lab.member, key.id)
    const [call] = lab.simulator.journal.calls
    expect(call!.servedTokens).toBeLessThan(100)
    expect(spentNanos).toBeGreaterThanOrEqual(BigInt(call!.promptTokens) * inputNanos + 7n * outputNanos)
    expect(await verifyLedger(lab.member)).toMatchObject({ ok: true })
  })
})

describe('a cap', () => {
  it('that pays for 50 of 200 parallel calls lets exactly 50 through', async () => {
    // What one call costs, found by making one.
    const probe = await lab.addKey(null)
    await lab.client(probe).chat.completions.create({ model, messages, max_tokens: 12 })
    const each = costByJournal(lab.simulator)
    lab.simulator.journal.reset()
    lab.simulator.control.set({ latencyMs: 20 })

    const cap = each * 50n
    const key = await lab.addKey(`0.${cap.toString().padStart(9, '0')}`)
    const client = lab.client(key)
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, () =>
        client.chat.completions.create({ model, messages, max_tokens: 12 }).then(
          () => 200,
          (error: { status: number }) => error.status,
        ),
      ),
    )
    expect(outcomes.filter((status) => status === 200)).toHaveLength(50)
    expect(outcomes.filter((status) => status === 402)).toHaveLength(150)
    expect(lab.simulator.journal.calls).toHaveLength(50)
    const seen = await getKey(lab.member, key.id)
    expect(seen).toMatchObject({ spentNanos: cap, reservedNanos: 0n, status: 'exhausted' })
    expect(await verifyLedger(lab.member)).toMatchObject({ ok: true })
  })

  it('refuses with a body that says what binds and a header that stops retries', async () => {
    const key = await lab.addKey('0')
    const response = await fetch(`${lab.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages }),
    })
    expect(response.status).toBe(402)
    expect(response.headers.get('x-should-retry')).toBe('false')
    const { error } = (await response.json()) as { error: { code: string; message: string } }
    expect(error.code).toBe('insufficient_quota')
    expect(error.message).toContain("the key's total budget")
    expect(lab.simulator.journal.calls).toHaveLength(0)
  })
})

describe('a key', () => {
  it.each([
    ['paused', pauseKey, 403, 'key_paused'],
    ['revoked', revokeKey, 401, 'invalid_api_key'],
  ] as const)('that is %s stops within a second', async (_, stop, status, code) => {
    const key = await lab.addKey(null)
    await lab.client(key).chat.completions.create({ model, messages, max_tokens: 3 })
    await stop(lab.member, key.id)
    await expect
      .poll(
        () =>
          lab
            .client(key)
            .chat.completions.create({ model, messages, max_tokens: 3 })
            .then(
              () => 'served',
              (error) => error,
            ),
        {
          timeout: 1_500,
        },
      )
      .toMatchObject({ status, code })
  })
})

describe('the vendor', () => {
  it.each([
    ['status-500', 502],
    ['html-502', 502],
    ['reset-before-headers', 502],
    ['status-401', 502],
    ['status-400', 400],
  ] as const)('that fails with %s gives the caller %i and leaves nothing reserved', async (fault, status) => {
    const key = await lab.addKey('1')
    lab.simulator.control.set({ fault })
    await expect(lab.client(key).chat.completions.create({ model, messages, max_tokens: 5 })).rejects.toMatchObject({
      status,
    })
    expect(await getKey(lab.member, key.id)).toMatchObject({ reservedNanos: 0n })
    expect(await verifyLedger(lab.member)).toMatchObject({ ok: true })
  })
})

describe('GET /v1/key', () => {
  it('tells the holder what is spent and left, also when nothing is', async () => {
    const key = await lab.addKey('0')
    const response = await fetch(`${lab.baseUrl}/key`, { headers: { authorization: `Bearer ${key.secret}` } })
    expect(await response.json()).toMatchObject({
      status: 'exhausted',
      spent_usd: '0',
      available_usd: '0',
      models: [model],
      budgets: [{ scope: 'key', period: 'total', limit_usd: '0', resets_at: null }],
    })
  })
})

describe('rate limits', () => {
  it('answer 429 with when to come back, and tell what remains', async () => {
    const { id, secret } = await createKey(lab.member, {
      name: 'limited',
      projectId: lab.projectId,
      budgets: [],
      requestsPerMinute: 2,
    })
    const call = () =>
      fetch(`${lab.baseUrl}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages, max_tokens: 3 }),
      })
    expect((await call()).headers.get('x-ratelimit-remaining-requests')).toBe('1')
    await call()
    const refused = await call()
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(20)
    expect(await refused.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } })
    expect(await getKey(lab.member, id)).toMatchObject({ reservedNanos: 0n })
  })
})
