import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StipendError } from '#lib/core/errors.ts'
import { parseUsd } from '#lib/core/money.ts'
import { hello, sayHello, sayJson, sayStream } from './support/vendor.ts'
import {
  deploymentOf,
  eventually,
  mountNames,
  secret,
  shortSilenceMs,
  startWorld,
  type World,
} from './support/world.ts'

const messages = [{ role: 'user', content: 'Hi' }]
const chat = { model: 'gpt-4o', messages }
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The contract of the gateway, status by status, through each of its mounts. */
describe.each(mountNames)('on %s', (mountName) => {
  let world: World

  beforeEach(async () => {
    world = await startWorld(mountName)
  })

  afterEach(async () => {
    await world.close()
    // Whatever happened: nothing stays reserved.
    expect(world.ledger.reservedNanos).toBe(0n)
    expect(world.turns).toBe(0)
  })

  async function refused(response: Response): Promise<{ error: Record<string, unknown>; row: string }> {
    const { error } = (await response.json()) as { error: Record<string, unknown> }
    expect(error).toMatchObject({ message: expect.any(String), type: expect.any(String), code: expect.any(String) })
    expect(error).toHaveProperty('param')
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('x-request-id')).toMatch(uuid)
    const last = world.ledger.entries.at(-1)
    if (last) expect(last.outcome).toMatchObject({ status: response.status, errorCode: error.code })
    return { error, row: last ? `${last.kind} ${last.outcome.costNanos}` : 'none' }
  }

  describe('200', () => {
    test.each(['/v1/chat/completions', '/chat/completions'])(
      '%s passes the answer through unmodified',
      async (path) => {
        const response = await world.post(chat, { path })
        expect(response.status).toBe(200)
        expect(await response.text()).toBe(JSON.stringify(hello))
        expect(response.headers.get('x-stipend-cost-usd')).toBe('0.0000525')
        expect(response.headers.get('x-stipend-provider')).toBe('OpenAI')
        expect(response.headers.get('x-stipend-attempts')).toBe('1')
        expect(response.headers.get('set-cookie')).toBeNull()
      },
    )

    test('it is settled once, under the request id, before the answer is seen', async () => {
      const response = await world.post(chat)
      expect(world.ledger.entries).toHaveLength(1)
      const [entry] = world.ledger.entries
      expect(entry?.kind).toBe('settlement')
      expect(entry?.outcome).toMatchObject({
        requestId: response.headers.get('x-request-id'),
        model: 'gpt-4o',
        modelId: 'model',
        dialect: 'openai-chat',
        stream: false,
        status: 200,
        errorCode: null,
        usage: { inputTokens: 9, outputTokens: 3 },
        costNanos: 52_500n,
        estimated: false,
        finishReason: 'stop',
        attempts: [{ provider: 'OpenAI', status: 200, error: null }],
      })
      expect(response.headers.get('x-request-id')).toMatch(uuid)
    })

    test('the vendor gets the body as it was but for the model, and nothing of ours', async () => {
      const body = { ...chat, max_tokens: 7, temperature: 0.5, unheard_of: { deep: [1, 'ü', null] } }
      await world.post(body, { headers: { cookie: 'a=b', 'openai-organization': 'org', 'x-forwarded-for': '1.2.3.4' } })
      const [visit] = world.vendor.visits
      expect(visit?.path).toBe('/v1/chat/completions')
      expect(visit?.body).toEqual({ ...body, model: 'gpt-4o-2024-08-06' })
      expect(visit?.headers.authorization).toBe('Bearer sk-vendor-canary')
      expect(JSON.stringify(visit?.headers)).not.toContain(secret)
      expect(Object.keys(visit?.headers ?? {}).sort()).toEqual([
        'accept',
        'accept-encoding',
        'authorization',
        'connection',
        'content-length',
        'content-type',
        'host',
        'user-agent',
        'x-request-id',
        'x-stipend-depth',
      ])
    })

    test.each(['authorization', 'Authorization', 'x-api-key', 'api-key', 'x-goog-api-key'])(
      'the key in %s',
      async (name) => {
        const value = name.toLowerCase() === 'authorization' ? `bEaReR ${secret}` : secret
        const headers = { 'content-type': 'application/json', [name]: value }
        const init = { method: 'POST', headers, body: JSON.stringify(chat) }
        expect((await world.send(`${world.baseUrl}/v1/chat/completions`, init)).status).toBe(200)
      },
    )

    test('the same key in two headers is one key', async () => {
      expect((await world.post(chat, { headers: { 'x-api-key': secret } })).status).toBe(200)
    })

    test('__proto__ in a body is a field like any other', async () => {
      const text = JSON.stringify(chat).replace('{', '{"__proto__":{"stream":true},')
      const response = await world.post(text)
      expect(response.headers.get('content-type')).toBe('application/json')
      expect(Object.hasOwn(world.vendor.visits[0]?.body ?? {}, '__proto__')).toBe(true)
    })

    test('models are listed in the dialect, and found by names with a slash', async () => {
      const get = async (path: string) => {
        const response = await world.send(`${world.baseUrl}${path}`, { headers: { 'x-api-key': secret } })
        return response.json()
      }
      const listed = { id: 'gpt-4o', object: 'model', created: 1_767_323_045, owned_by: 'stipend' }
      expect(await get('/v1/models')).toEqual({ object: 'list', data: [listed, { ...listed, id: 'openai/o3' }] })
      expect(await get('/models')).toEqual(await get('/v1/models'))
      // Where clients of OpenAI's find Google.
      expect(await get('/v1beta/openai/models')).toEqual(await get('/v1/models'))
      expect(await get('/v1beta/openai/models/gpt-4o')).toEqual(listed)
      expect(await get('/v1/models/gpt-4o')).toEqual(listed)
      expect(await get('/v1/models/openai/o3')).toEqual(await get('/v1/models/openai%2Fo3'))
    })
  })

  describe('400', () => {
    test.each([
      ['no JSON', '{"model":', undefined],
      ['nothing', '', undefined],
      ['no object', '[]', undefined],
      ['no model', { messages }, 'model'],
      ['no messages', { model: 'gpt-4o', messages: [] }, 'messages'],
      ['a message without a role', { model: 'gpt-4o', messages: [...messages, { content: 'x' }] }, 'messages.1.role'],
      ['content that is a number', { model: 'gpt-4o', messages: [{ role: 'user', content: 1 }] }, 'messages.0.content'],
      ['a cap that is text', { ...chat, max_tokens: '5' }, 'max_tokens'],
      ['a cap of 0', { ...chat, max_completion_tokens: 0 }, 'max_completion_tokens'],
      ['half an n', { ...chat, n: 1.5 }, 'n'],
      ['a stream that is text', { ...chat, stream: 'yes' }, 'stream'],
      ['a key twice', '{"model":"gpt-4o","messages":[{"role":"user","content":"x"}],"model":"forbidden"}', undefined],
      ['a key twice, spelled apart', `{"mode\\u006c":"a",${JSON.stringify(chat).slice(1)}`, undefined],
      ['a key twice deep inside', `{"x":[{"y":{"a":1,"b":[],"a":2}}],${JSON.stringify(chat).slice(1)}`, undefined],
      ['nesting without end', `{"x":${'['.repeat(200)}${']'.repeat(200)},${JSON.stringify(chat).slice(1)}`, undefined],
      ['other models', { ...chat, models: ['gpt-5'] }, 'models'],
      ['fallbacks', { ...chat, fallbacks: ['gpt-5'] }, 'fallbacks'],
      ['a dearer tier', { ...chat, service_tier: 'priority' }, 'service_tier'],
      ['work in the background', { ...chat, background: true }, 'background'],
      ['a search that is billed apart', { ...chat, web_search_options: {} }, 'web_search_options'],
      ['an extra body', { ...chat, extra_body: { model: 'gpt-5' } }, 'extra_body'],
      ['storage at the vendor', { ...chat, store: true }, 'store'],
      ['sound', { ...chat, modalities: ['text', 'audio'] }, 'modalities'],
      ['tools that the vendor runs', { ...chat, tools: [{ type: 'web_search' }] }, 'tools.0.type'],
      [
        'documents that are not there',
        { model: 'gpt-4o', messages: [{ role: 'user', content: [{ type: 'file', file: {} }] }] },
        'messages.0.content.0.file.file_data',
      ],
    ])('%s', async (_, body, param) => {
      const response = await world.post(body)
      expect(response.status).toBe(400)
      const { error, row } = await refused(response)
      expect(error).toMatchObject({ code: 'invalid_request_error', param: param ?? null })
      expect(response.headers.get('x-should-retry')).toBe('false')
      expect(row).toBe('record 0')
      expect(world.vendor.visits).toHaveLength(0)
    })

    test('harmless values of those fields pass', async () => {
      const body = { ...chat, service_tier: 'auto', store: false, background: null, modalities: ['text'] }
      expect((await world.post(body)).status).toBe(200)
      expect(world.vendor.visits[0]?.body).toMatchObject({ service_tier: 'auto', store: false, background: null })
    })

    test('bytes that are not UTF-8, forms, and compressed bodies', async () => {
      const send = (body: BodyInit, headers: Record<string, string>) =>
        world.send(`${world.baseUrl}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}`, ...headers },
          body,
        })
      const json = { 'content-type': 'application/json' }
      const latin1 = Buffer.from(JSON.stringify({ ...chat, user: 'ü' }), 'latin1')
      expect((await refused(await send(latin1, json))).error.code).toBe('invalid_request_error')
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      expect((await refused(await send(JSON.stringify(chat), form))).error.code).toBe('invalid_request_error')
      const zipped = { ...json, 'content-encoding': 'gzip' }
      expect((await refused(await send(JSON.stringify(chat), zipped))).error.code).toBe('invalid_request_error')
    })

    test('two different keys', async () => {
      const response = await world.post(chat, { headers: { 'x-api-key': 'sk-stp-other' } })
      expect(response.status).toBe(400)
      expect((await refused(response)).row).toBe('none')
    })

    test('a request of our own, come back through a provider', async () => {
      const route = { ...world.route, deployments: [deploymentOf({ baseUrl: `${world.baseUrl}/v1` })] }
      const response = await world.post(chat, { headers: { 'x-stipend-depth': '1' } })
      expect(response.status).toBe(400)
      expect((await refused(response)).error.message).toContain('points back')
      if (mountName === 'fetch') return
      world.route = {
        ...route,
        deployments: [deploymentOf({ baseUrl: `${world.baseUrl}/v1` }, { openCredential: () => secret })],
      }
      expect((await world.post(chat)).status).toBe(400)
      expect(world.ledger.entries).toHaveLength(1)
    })

    test('a model of a vendor that does not speak the dialect', async () => {
      world.route = {
        ...world.route,
        deployments: [deploymentOf(world.vendor, { vendor: 'bedrock', wire: 'bedrock', speaks: [] })],
      }
      expect((await refused(await world.post(chat))).error).toMatchObject({
        code: 'invalid_request_error',
        param: 'model',
      })
    })

    test('an unpriced model under a budget', async () => {
      world.route = { ...world.route, deployments: [deploymentOf(world.vendor, { price: null })] }
      expect((await world.post(chat)).status).toBe(400)
      expect(world.vendor.visits).toHaveLength(0)
    })

    test("the vendor's own 400 passes unmodified and costs nothing", async () => {
      const said = { error: { message: 'odd', type: 'x', param: null, code: null }, more: 1 }
      world.vendor.script = sayJson(said, 400)
      const response = await world.post(chat)
      expect(response.status).toBe(400)
      expect(await response.text()).toBe(JSON.stringify(said))
      expect(response.headers.get('x-should-retry')).toBe('false')
      expect(world.ledger.entries).toMatchObject([
        { kind: 'settlement', outcome: { status: 400, errorCode: 'upstream_error', costNanos: 0n } },
      ])
    })
  })

  test.each([
    ['no key', {}],
    ['an unknown key', { authorization: 'Bearer sk-stp-nobody' }],
    ['another scheme', { authorization: `Basic ${secret}` }],
  ])('401 for %s', async (_, headers) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(chat),
    }
    const response = await world.send(`${world.baseUrl}/v1/chat/completions`, init as RequestInit)
    expect(response.status).toBe(401)
    expect(response.headers.get('x-should-retry')).toBe('false')
    const { error, row } = await refused(response)
    expect(error.code).toBe('invalid_api_key')
    expect(row).toBe('none')
  })

  test('402 says what would fit', async () => {
    world.ledger.limitNanos = 1_000_000n
    const response = await world.post({ ...chat, max_tokens: 5000 })
    expect(response.status).toBe(402)
    expect(response.headers.get('x-should-retry')).toBe('false')
    const { error, row } = await refused(response)
    expect(error).toMatchObject({ code: 'insufficient_quota', type: 'insufficient_quota' })
    expect(row).toBe('record 0')
    const fits = (error.details as { max_tokens_that_fit: number }).max_tokens_that_fit
    expect((await world.post({ ...chat, max_tokens: fits + 100 })).status).toBe(402)
    expect((await world.post({ ...chat, max_tokens: fits })).status).toBe(200)
  })

  test('402 when nothing at all is left', async () => {
    world.ledger.limitNanos = 0n
    expect((await refused(await world.post(chat))).error.code).toBe('insufficient_quota')
    expect(world.vendor.visits).toHaveLength(0)
  })

  test.each(['key_paused', 'key_expired'] as const)('403 %s', async (code) => {
    world.keyError = new StipendError(code, 'Not now.')
    const response = await world.post(chat)
    expect(response.status).toBe(403)
    expect(response.headers.get('x-should-retry')).toBe('false')
    expect((await refused(response)).error.code).toBe(code)
  })

  test('403 model_not_allowed', async () => {
    const response = await world.post({ ...chat, model: 'forbidden' })
    expect(response.status).toBe(403)
    const { error, row } = await refused(response)
    expect(error).toMatchObject({ code: 'model_not_allowed', param: 'model' })
    expect(row).toBe('record 0')
    expect(world.ledger.entries[0]?.outcome.model).toBe('forbidden')
  })

  test('403 ip_not_allowed', async () => {
    world.caller = { ...world.caller, allowedIps: ['192.0.2.0/24'] }
    const response = await world.post(chat)
    expect(response.status).toBe(403)
    expect((await refused(response)).error.code).toBe('ip_not_allowed')
    world.caller = { ...world.caller, allowedIps: ['192.0.2.0/24', '127.0.0.0/8'] }
    expect((await world.post(chat)).status).toBe(200)
  })

  test('404 for models and paths that are not', async () => {
    const unknown = await world.post({ ...chat, model: 'gpt-9' })
    expect(unknown.status).toBe(404)
    expect((await refused(unknown)).error).toMatchObject({ code: 'model_not_found', param: 'model' })
    const get = (path: string) => world.send(`${world.baseUrl}${path}`, { headers: { 'x-api-key': secret } })
    expect((await get('/v1/models/gpt-9')).status).toBe(404)
    const nowhere = await get('/v1/fine-tunes')
    expect(nowhere.status).toBe(404)
    expect(nowhere.headers.get('x-should-retry')).toBe('false')
    expect(await nowhere.json()).toMatchObject({ error: { code: 'not_found' } })
  })

  test('405 says what is taken', async () => {
    const response = await world.send(`${world.baseUrl}/v1/chat/completions`)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expect((await refused(response)).error.code).toBe('method_not_allowed')
  })

  test('413 for a body over the cap, announced or not; one byte less passes', async () => {
    const most = 100_000
    const bodyOf = (length: number) => {
      const empty = JSON.stringify({ ...chat, user: '' })
      return JSON.stringify({ ...chat, user: 'x'.repeat(length - empty.length) })
    }
    expect((await world.post(bodyOf(most))).status).toBe(200)
    const announced = await world.post(bodyOf(most + 1))
    expect(announced.status).toBe(413)
    expect((await refused(announced)).error.code).toBe('request_too_large')
    const pieces = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from(bodyOf(most)))
        controller.enqueue(Buffer.from(' '))
        controller.close()
      },
    })
    const streamed = await world.send(`${world.baseUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: pieces,
      duplex: 'half',
    } as RequestInit)
    expect(streamed.status).toBe(413)
    expect(world.vendor.visits).toHaveLength(1)
    expect(world.vendor.visits[0]?.body.user).toHaveLength(most - JSON.stringify({ ...chat, user: '' }).length)
  })

  test('429 of ours says when to come back', async () => {
    world.ledger.refusal = new StipendError('rate_limit_exceeded', 'Others hold the money.', { retryAfterMs: 1500 })
    const response = await world.post(chat)
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(response.headers.get('retry-after-ms')).toBe('1500')
    expect((await refused(response)).error.code).toBe('rate_limit_exceeded')
  })

  test("429 of the vendor's passes unmodified, with its own delay", async () => {
    world.vendor.script = (response) => {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '7' }).end('{"detail":"slow down"}')
    }
    const response = await world.post(chat)
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('7')
    expect(await response.text()).toBe('{"detail":"slow down"}')
    expect(world.ledger.entries).toMatchObject([{ kind: 'settlement', outcome: { status: 429, costNanos: 0n } }])
  })

  test('500 for what nobody foresaw keeps its cause to itself', async () => {
    world.gateway.routes.resolve = () => Promise.reject(new Error('canary'))
    const response = await world.post(chat)
    expect(response.status).toBe(500)
    const { error } = await refused(response)
    expect(error.code).toBe('internal_error')
    expect(JSON.stringify(error)).not.toContain('canary')
    expect(world.logged.join()).toContain('canary')
  })

  test('502 when nobody listens: nothing was sent, so all of it is released', async () => {
    world.route = { ...world.route, deployments: [deploymentOf({ baseUrl: 'http://127.0.0.1:1/v1' })] }
    const response = await world.post(chat)
    expect(response.status).toBe(502)
    expect((await refused(response)).error.code).toBe('upstream_error')
    expect(world.ledger.entries).toMatchObject([
      { kind: 'release', outcome: { costNanos: 0n, attempts: [{ error: 'ECONNREFUSED', status: null }] } },
    ])
  })

  test.each([
    ['500', sayJson({ error: 'vendor-secret' }, 500), 502],
    ['529', sayJson({ error: 'vendor-secret' }, 529), 502],
    ['504', sayJson({ error: 'vendor-secret' }, 504), 504],
    ['401, which is about the lab and not about the caller', sayJson({ error: 'vendor-secret' }, 401), 502],
    ['402', sayJson({ error: 'vendor-secret' }, 402), 502],
    ['403', sayJson({ error: 'vendor-secret' }, 403), 502],
    ['a redirect', sayJson({ error: 'vendor-secret' }, 307), 502],
  ])('an answer of %s is no answer and costs nothing', async (_, script, status) => {
    world.vendor.script = script
    const response = await world.post(chat)
    expect(response.status).toBe(status)
    const { error, row } = await refused(response)
    expect(error.code).toBe(status === 504 ? 'upstream_timeout' : 'upstream_error')
    expect(JSON.stringify(error)).not.toContain('vendor-secret')
    expect(row).toBe('settlement 0')
  })

  test.each([200, 404, 502])('a web page is no answer, also with %i', async (status) => {
    world.vendor.script = (response) => {
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end('<html>')
    }
    const response = await world.post(chat)
    expect(response.status).toBe(502)
    expect((await refused(response)).row).toBe('settlement 0')
  })

  test.each([
    ['no JSON under 200', (response: ServerResponse) => sayRaw(response, 'what')],
    ['half a body', (response: ServerResponse) => sayHalf(response)],
    ['a reset instead of an answer', (response: ServerResponse) => void response.destroy()],
  ])('502 for %s keeps the estimate: nobody knows what was used', async (_, script) => {
    world.vendor.script = script
    const response = await world.post({ ...chat, max_tokens: 50 })
    expect(response.status).toBe(502)
    const { row } = await refused(response)
    expect(row).toBe(`settlement ${world.ledger.reservations[0]}`)
    expect(world.ledger.entries[0]?.outcome.estimated).toBe(true)
  })

  test('503 when the ledger is away', async () => {
    world.ledger.refusal = new StipendError('unavailable', 'The database is away.')
    const response = await world.post(chat)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after-ms')).toBe('1000')
    expect((await refused(response)).error.code).toBe('unavailable')
    expect(world.vendor.visits).toHaveLength(0)
  })

  test('504 when the vendor is silent keeps the estimate', async () => {
    world.gateway.settings.upstreamHeadersMs = shortSilenceMs
    world.vendor.script = () => {}
    const response = await world.post({ ...chat, max_tokens: 50 })
    expect(response.status).toBe(504)
    const { error, row } = await refused(response)
    expect(error.code).toBe('upstream_timeout')
    expect(row).toBe(`settlement ${world.ledger.reservations[0]}`)
  })

  test('a caller who leaves before an answer is charged the estimate, and the vendor is stopped', async () => {
    world.vendor.script = () => {}
    const leave = new AbortController()
    const pending = world.post({ ...chat, max_tokens: 50 }, { signal: leave.signal })
    await eventually(() => world.vendor.visits.length > 0)
    leave.abort()
    await pending.catch(() => null)
    const entry = await eventually(() => world.ledger.entries[0])
    expect(entry.outcome).toMatchObject({ status: 499, errorCode: 'client_gone', costNanos: entry.reservedNanos })
    await eventually(() => world.vendor.cut > 0)
  })

  test('no secret shows in a log or an answer', async () => {
    world.vendor.script = sayJson({ error: 'no' }, 500)
    const said = await (await world.post(chat)).text()
    expect(world.logged.join() + said).not.toMatch(/sk-vendor-canary|sk-stp-test/)
    world.vendor.script = sayHello
  })

  describe('falling back', () => {
    beforeEach(() => {
      world.gateway.settings.maxAttempts = 2
    })

    test.each([
      ['nobody listening', 'http://127.0.0.1:1/v1', 'ECONNREFUSED'],
      ['an error', null, 'upstream_error'],
      ['a rate limit', null, 'refused with 429'],
      ['silence', null, 'first_token_timeout'],
    ])('from %s to the next deployment', async (what, elsewhere, error) => {
      world.vendor.script = (response, visit) => {
        if (visit.body.model === 'good') return sayHello(response, visit)
        if (what === 'an error') sayJson({}, 503)(response)
        if (what === 'a rate limit') sayJson({}, 429)(response)
      }
      if (what === 'silence') world.gateway.settings.upstreamHeadersMs = shortSilenceMs
      const good = deploymentOf(world.vendor, {
        id: 'second',
        providerName: 'Other',
        upstreamModel: 'good',
        priority: 1,
      })
      const bad = deploymentOf(elsewhere ? { baseUrl: elsewhere } : world.vendor, { upstreamModel: 'bad' })
      world.route = { ...world.route, deployments: [bad, good] }
      const response = await world.post(chat)
      expect(response.status).toBe(200)
      expect(response.headers.get('x-stipend-attempts')).toBe('2')
      expect(response.headers.get('x-stipend-provider')).toBe('Other')
      expect(world.ledger.entries).toHaveLength(1)
      const { outcome } = world.ledger.entries[0]!
      // What was sent and never answered may have been billed: it keeps its estimate, in sight.
      const keptUsd = what === 'silence' ? response.headers.get('x-stipend-lost-usd') : null
      expect(outcome.attempts.map((attempt) => attempt.keptUsd)).toEqual([keptUsd, null])
      expect(outcome).toMatchObject({
        costNanos: 52_500n + (parseUsd(keptUsd ?? '0') ?? 0n),
        estimated: what === 'silence',
        deployment: { id: 'second' },
        attempts: [
          { deploymentId: 'deployment', error },
          { deploymentId: 'second', error: null, status: 200 },
        ],
      })
    })

    test('never for a request that is itself at fault', async () => {
      world.vendor.script = sayJson({}, 400)
      world.route = { ...world.route, deployments: [deploymentOf(world.vendor), deploymentOf(world.vendor)] }
      expect((await world.post(chat)).status).toBe(400)
      expect(world.vendor.visits).toHaveLength(1)
    })

    test('from a stream that breaks before its first byte', async () => {
      world.vendor.script = (response, visit) => {
        if (visit.body.model === 'good') return sayHello(response, visit)
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.flushHeaders()
        setTimeout(() => response.destroy(), 10)
      }
      world.route = {
        ...world.route,
        deployments: [
          deploymentOf(world.vendor, { upstreamModel: 'bad' }),
          deploymentOf(world.vendor, { id: 'second', upstreamModel: 'good', priority: 1 }),
        ],
      }
      const response = await world.post({ ...chat, stream: true })
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('Hello')
    })
  })

  test('a budget is held under many requests at once', async () => {
    const each = 1_000_000n
    world.ledger.limitNanos = each * 10n
    world.vendor.script = sayJson({ ...hello, usage: { prompt_tokens: 8, completion_tokens: 98, total_tokens: 106 } })
    world.route = { ...world.route, maxOutputTokens: null }
    const answers = await Promise.all(Array.from({ length: 40 }, () => world.post({ ...chat, max_tokens: 98 })))
    const statuses = answers.map(({ status }) => status).sort()
    expect(new Set(statuses)).toEqual(new Set([200, 402]))
    expect(world.ledger.spentNanos <= world.ledger.limitNanos).toBe(true)
    expect(BigInt(statuses.filter((status) => status === 200).length) * each).toBe(world.ledger.spentNanos)
  })

  test.each([false, true])('a ledger that hangs holds no answer back (stream: %s)', async (stream) => {
    let goOn = (): void => {}
    const { settle } = world.ledger
    world.ledger.settle = async (...booking) => {
      await new Promise<void>((resolve) => {
        goOn = resolve
      })
      await settle.apply(world.ledger, booking)
    }
    const text = await (await world.post({ ...chat, stream })).text()
    expect(text).toContain(stream ? '[DONE]' : 'Hello there.')
    expect(world.ledger.entries).toHaveLength(0)
    goOn()
    await eventually(() => world.ledger.entries.length === 1)
  })

  test('a provider whose name is not ASCII', async () => {
    world.route = { ...world.route, deployments: [deploymentOf(world.vendor, { providerName: '实验室' })] }
    const response = await world.post(chat)
    expect(decodeURIComponent(response.headers.get('x-stipend-provider') ?? '')).toBe('实验室')
  })

  test('a caller who leaves in the middle of its own body', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('{"model":'))
        // It has been heard by now, and waits for the rest.
        void eventually(() => world.turns > 0).then(() => controller.error(new Error('gone')))
      },
    })
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
    await world.send(`${world.baseUrl}/v1/chat/completions`, init).catch(() => null)
    const { kind, outcome } = await eventually(() => world.ledger.entries[0])
    expect({ kind, status: outcome.status, code: outcome.errorCode }).toEqual({
      kind: 'record',
      status: 499,
      code: 'client_gone',
    })
  })

  test('a vendor that answers a stream with JSON is still metered', async () => {
    world.vendor.script = sayJson(hello)
    const response = await world.post({ ...chat, stream: true })
    expect(await response.text()).toBe(JSON.stringify(hello))
    expect(world.ledger.spentNanos).toBe(52_500n)
  })

  test('an unasked stream passes as one', async () => {
    world.vendor.script = sayStream(['[DONE]'])
    const response = await world.post(chat)
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(await response.text()).toBe('data: [DONE]\n\n')
  })
})

function sayRaw(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(text)
}

function sayHalf(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 }).write('{"id":')
  setTimeout(() => response.destroy(), 10)
}
