import Anthropic from '@anthropic-ai/sdk'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventText, helloEvents, sayJson } from './support/vendor.ts'
import { deploymentOf, mountNames, secret, startWorld, type World } from './support/world.ts'

const asked = { model: 'gpt-4o', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hi' }] }

const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5-20250929',
  content: [{ type: 'text', text: 'Hello there.' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 9, cache_creation_input_tokens: 20, cache_read_input_tokens: 100, output_tokens: 3 },
}

const events: [string, object][] = [
  [
    'message_start',
    { message: { ...message, content: [], stop_reason: null, usage: { ...message.usage, output_tokens: 1 } } },
  ],
  ['content_block_start', { index: 0, content_block: { type: 'text', text: '' } }],
  ['ping', {}],
  ['content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'Hello' } }],
  ['content_block_delta', { index: 0, delta: { type: 'text_delta', text: ' there.' } }],
  ['content_block_stop', { index: 0 }],
  ['message_delta', { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 3 } }],
  ['message_stop', {}],
]

const stream = events.map(([type, data]) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`)

/** What people's programs see, through the client that they use. */
describe.each(mountNames)('the Anthropic client on %s', (mountName) => {
  let world: World

  beforeEach(async () => {
    world = await startWorld(mountName)
    world.vendor.script = (response, { body, path }) => {
      if (path.includes('count_tokens')) return sayJson({ input_tokens: 12 })(response)
      if (!body.stream) return sayJson(message)(response)
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(stream.join(''))
    }
    const baseUrl = world.vendor.baseUrl.replace('/v1', '')
    const speaks = ['anthropic-messages'] as const
    const upstreamModel = 'claude-sonnet-4-5'
    world.route.deployments = [
      deploymentOf({ baseUrl }, { vendor: 'anthropic', wire: 'anthropic', speaks, upstreamModel }),
    ]
  })

  afterEach(async () => {
    await world.close()
    expect(world.ledger.reservedNanos).toBe(0n)
  })

  function clientOf({ apiKey = secret, path = '' } = {}): Anthropic {
    return new Anthropic({ apiKey, baseURL: `${world.baseUrl}${path}`, fetch: world.send, maxRetries: 0 })
  }

  test.each(['', '/v1'])('with a base URL that ends in "%s"', async (path) => {
    const answer = await clientOf({ path }).messages.create(asked)
    expect(answer).toEqual(message)
    expect(world.vendor.visits[0]).toMatchObject({
      path: '/v1/messages',
      headers: { 'x-api-key': 'sk-vendor-canary', 'anthropic-version': expect.any(String) },
      body: { ...asked, model: 'claude-sonnet-4-5' },
    })
    expect(world.vendor.visits[0]?.headers.authorization).toBeUndefined()
    expect((await clientOf({ path }).models.list()).data.map(({ id }) => id)).toEqual(['gpt-4o', 'openai/o3'])
  })

  const hour = { cache_control: { type: 'ephemeral' as const, ttl: '1h' as const } }
  const kept = { ...asked, system: [{ type: 'text' as const, text: 'You are an agent.', ...hour }] }
  const usageOf = (more: object) => ({ ...message, usage: { ...message.usage, ...more } })

  test.each<[string, object, number | undefined, bigint]>([
    // 9 and 10 at $2.50, 10 at twice that, 100 at $1.25, 3 at $10.
    [
      'what was kept for an hour',
      { cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 10 } },
      10,
      252_500n,
    ],
    // All 20 at twice the input.
    ['all of it where the vendor does not say', {}, 20, 277_500n],
    [
      'none where it says so',
      { cache_creation: { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 0 } },
      undefined,
      227_500n,
    ],
  ])('charges %s at twice the input', async (_, said, tokens, costNanos) => {
    world.vendor.script = sayJson(usageOf(said))
    await clientOf().messages.create(kept)
    const [entry] = world.ledger.entries
    expect(entry?.outcome).toMatchObject({ costNanos, usage: { cacheWriteTokens: 20 } })
    expect(entry?.outcome.usage.units?.hour_cache_write_token).toBe(tokens)
    expect(world.vendor.visits[0]?.body).toMatchObject({ system: kept.system })
  })

  test('sets aside what an hour in the cache can cost, said in this dialect or another', async () => {
    await clientOf().messages.create(asked)
    await clientOf().messages.create(kept)
    const [short = 0n, long = 0n] = world.ledger.reservations
    const inputOf = (body: object) => BigInt(Buffer.byteLength(JSON.stringify({ ...body, model: 'gpt-4o' })) + 128)
    const outputNanos = 100n * 10_000n
    expect(short - outputNanos).toBe(inputOf(asked) * 2_500n)
    expect(long - outputNanos).toBe(inputOf(kept) * 5_000n)

    const chat = {
      model: 'gpt-4o',
      max_tokens: 100,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi', ...hour }] }],
    }
    expect((await world.post(chat)).status).toBe(200)
    expect(world.vendor.visits[2]?.body).toMatchObject({
      messages: [{ content: [{ type: 'text', text: 'Hi', ...hour }] }],
    })
    expect((world.ledger.reservations[2] ?? 0n) - outputNanos).toBeGreaterThan(200n * 5_000n)
  })

  test('counts the cache as input, once', async () => {
    await clientOf().messages.create(asked)
    expect(world.ledger.entries[0]?.outcome).toMatchObject({
      dialect: 'anthropic-messages',
      usage: { inputTokens: 129, cachedTokens: 100, cacheWriteTokens: 20, outputTokens: 3 },
      // 9 + 20 at $2.50, 100 at $1.25, 3 at $10.
      costNanos: 29n * 2_500n + 100n * 1_250n + 3n * 10_000n,
      estimated: false,
      finishReason: 'end_turn',
    })
  })

  test('streams, with the cost in the final usage and every other byte as it was', async () => {
    const runner = clientOf().messages.stream(asked)
    const final = await runner.finalMessage()
    expect(final.content).toEqual([{ type: 'text', text: 'Hello there.' }])
    expect(final.usage).toMatchObject({ input_tokens: 9, cache_read_input_tokens: 100, output_tokens: 3 })
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    const raw = await world.post({ ...asked, stream: true }, { path: '/v1/messages?beta=true', headers })
    expect(world.vendor.visits[1]?.path).toBe('/v1/messages?beta=true')
    const text = await raw.text()
    expect(text.replace(/,"cost":"[\d.]+"/, '')).toBe(stream.join(''))
    expect(text).toContain('"cost":"0.0002275"')
  })

  test('passes versions and betas on, and nothing else', async () => {
    await clientOf().beta.messages.create(
      { ...asked, betas: ['interleaved-thinking-2025-05-14'] },
      { headers: { cookie: 'a=b' } },
    )
    const headers = world.vendor.visits[0]?.headers ?? {}
    expect(headers['anthropic-beta']).toBe('interleaved-thinking-2025-05-14')
    expect(Object.keys(headers).filter((name) => /cookie|stainless/.test(name))).toEqual([])
  })

  test('counts tokens for nothing', async () => {
    const { max_tokens: _, ...question } = asked
    expect(await clientOf().messages.countTokens(question)).toEqual({ input_tokens: 12 })
    expect(world.vendor.visits[0]?.path).toBe('/v1/messages/count_tokens')
    expect(world.ledger.entries[0]?.outcome).toMatchObject({ status: 200, costNanos: 0n, estimated: false })
  })

  test('throws its own errors', async () => {
    world.ledger.limitNanos = 0n
    await expect(clientOf().messages.create(asked)).rejects.toMatchObject({
      status: 402,
      error: { type: 'error', error: { type: 'billing_error', code: 'insufficient_quota' } },
    })
    await expect(clientOf({ apiKey: 'sk-stp-nobody' }).messages.create(asked)).rejects.toBeInstanceOf(
      Anthropic.AuthenticationError,
    )
    await expect(clientOf().messages.create({ ...asked, model: 'gpt-9' })).rejects.toBeInstanceOf(
      Anthropic.NotFoundError,
    )
  })

  test('sees its own vendor refuse in its own words', async () => {
    const refusal = {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'prompt: bad' },
      request_id: 'req_1',
    }
    world.vendor.script = sayJson(refusal, 400)
    await expect(clientOf().messages.create(asked)).rejects.toMatchObject({ status: 400, error: refusal })
    expect(world.ledger.spentNanos).toBe(0n)
  })

  test.each([
    [{ tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, 'tools.0.type'],
    [{ mcp_servers: [{ type: 'url', url: 'https://x.test', name: 'x' }] }, 'mcp_servers'],
    [{ container: 'container_1' }, 'container'],
    [{ service_tier: 'priority' }, 'service_tier'],
    [{ speed: 'fast' }, 'speed'],
    [
      { system: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '2h' } }] },
      'system.0.cache_control.ttl',
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'document', source: { type: 'file', file_id: 'f' } }] }] },
      'messages.0.content.0.source.type',
    ],
    [{ messages: [{ role: 'nobody', content: 'x' }] }, 'messages.0.role'],
    [{ max_tokens: undefined }, 'max_tokens'],
  ])('is refused %j', async (fields, param) => {
    const response = await world.post({ ...asked, ...fields }, { path: '/v1/messages' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error', param } })
    expect(world.vendor.visits).toHaveLength(0)
  })

  test('is answered by a vendor that speaks chat', async () => {
    world.route.deployments = [deploymentOf(world.vendor)]
    world.vendor.script = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(helloEvents.map(eventText).join(''))
    }
    const final = await clientOf()
      .messages.stream({ ...asked, top_k: 5 })
      .finalMessage()
    expect(final).toMatchObject({
      model: 'gpt-4o',
      content: [{ type: 'text', text: 'Hello there.' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 9, output_tokens: 3 },
    })
    expect(world.ledger.entries[0]?.outcome).toMatchObject({
      usage: { inputTokens: 9, outputTokens: 3 },
      estimated: false,
    })
  })
})
