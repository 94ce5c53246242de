import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { googleAccountOf } from '#lib/core/google-account.ts'
import { openGoogleTokens } from '#lib/providers/google-tokens.ts'
import { findVendor, speaksOf } from '#lib/providers/vendors.ts'
import type { Deployment } from '#proxy/gateway.ts'
import { openPools, type Pools } from '#proxy/upstream/open-pools.ts'
import { sendUpstream } from '#proxy/upstream/send-upstream.ts'
import { createGoogleAccount, tokenPath } from '#simulator/google/accounts.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { loadTokenizer } from '#simulator/writing/load-tokenizer.ts'
import { deploymentOf, routeOf, secret, startWorld, type World } from './support/world.ts'

const messages = [{ role: 'user' as const, content: 'What is a budget?' }]
const claude = 'claude-sonnet-4-5@20250929'

let simulator: Simulator
let keyFile: string
let world: World
let pools: Pools
let openai: OpenAI
/** How often a token was asked for. */
let asked: number

beforeAll(async () => {
  // Its first answer waits for the tokens of a language, longer than a gateway of these tests does for a vendor.
  await loadTokenizer()
  simulator = await startSimulator()
  keyFile = createGoogleAccount(simulator)
})
beforeEach(async () => {
  asked = 0
  pools = openPools({ headersMs: 20_000, idleMs: 20_000, isAllowedAddress: () => true })
  const tokenFor = openGoogleTokens(callToken)
  world = await startWorld()
  world.gateway.upstream.send = (request) => sendUpstream(pools, request, tokenFor)
  openai = new OpenAI({ baseURL: `${world.baseUrl}/v1`, apiKey: secret, maxRetries: 0 })
})
afterEach(async () => {
  await world.close()
  await pools.close()
  simulator.control.reset()
  simulator.journal.reset()
})
afterAll(() => simulator.close())

const callToken: Parameters<typeof openGoogleTokens>[0] = async (url, { method, headers, body }) => {
  asked++
  const response = await fetch(url, { method: method ?? 'GET', headers, body: body ?? null })
  return { status: response.status, text: await response.text() }
}

function call(upstreamModel: string, more: Partial<Deployment> = {}): void {
  const vendor = findVendor('vertex')!
  const baseUrl = `http://127.0.0.1:${simulator.port}/v1/projects/our-project/locations/us-central1`
  const facts = { vendor: 'vertex', wire: vendor.wire, speaks: speaksOf(vendor, upstreamModel), upstreamModel }
  world.route = routeOf('gpt-4o', [deploymentOf({ baseUrl }, { ...facts, openCredential: () => keyFile, ...more })])
}

const lastOutcome = () => world.ledger.entries.at(-1)?.outcome

async function expectBilledAsServed(path: RegExp): Promise<void> {
  await simulator.journal.whenIdle()
  const called = simulator.journal.calls.at(-1)!
  expect(called.path).toMatch(path)
  expect(lastOutcome()).toMatchObject({
    status: 200,
    estimated: false,
    usage: { inputTokens: called.promptTokens, outputTokens: called.servedTokens },
  })
}

describe('a Gemini model at Vertex AI', () => {
  test("answers Google's own client, with a token that is asked for once", async () => {
    call('gemini-2.5-flash')
    const google = new GoogleGenAI({ apiKey: secret, httpOptions: { baseUrl: world.baseUrl } })
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((contents) => google.models.generateContent({ model: 'gpt-4o', contents })),
    )
    expect(answers.map(({ text }) => typeof text)).toEqual(['string', 'string', 'string'])
    await expectBilledAsServed(
      /^\/v1\/projects\/our-project\/locations\/us-central1\/publishers\/google\/models\/gemini-2\.5-flash:generateContent$/,
    )
    expect(asked).toBe(1)
  })

  test('is told whose a turn is, where the caller left it out', async () => {
    call('gemini-2.5-flash')
    const response = await world.post(
      { contents: [{ parts: [{ text: 'What is a budget?' }] }] },
      { path: '/v1beta/models/gpt-4o:generateContent', headers: { 'x-goog-api-key': secret } },
    )
    expect(response.status).toBe(200)
  })

  test('streams to who speaks as OpenAI does', async () => {
    call('gemini-2.5-flash')
    const stream = await openai.chat.completions.create({ model: 'gpt-4o', messages, stream: true })
    let text = ''
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    expect(text).toContain('budget')
    await expectBilledAsServed(/:streamGenerateContent$/)
  })
})

describe("a model of Anthropic's at Vertex AI", () => {
  test("answers Anthropic's own client, whole and in a stream", async () => {
    call(claude)
    const anthropic = new Anthropic({ baseURL: world.baseUrl, apiKey: secret, maxRetries: 0 })
    const asking = { model: 'gpt-4o', max_tokens: 400, messages }
    await anthropic.messages.create(asking)
    await expectBilledAsServed(/\/publishers\/anthropic\/models\/claude-sonnet-4-5@20250929:rawPredict$/)
    const message = await anthropic.messages.stream(asking).finalMessage()
    expect(message.stop_reason).toBe('end_turn')
    await expectBilledAsServed(/:streamRawPredict$/)
  })

  test('counts tokens at an address of its own, with the model in the body', async () => {
    const { baseUrl } = world.vendor
    call(claude, { baseUrl, openCredential: () => 'an-api-key' })
    world.vendor.script = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"input_tokens":7}')
    }
    const response = await world.post(
      { model: 'gpt-4o', messages },
      { path: '/v1/messages/count_tokens', headers: { 'anthropic-version': '2023-06-01' } },
    )
    expect(await response.json()).toEqual({ input_tokens: 7 })
    expect(world.vendor.visits[0]).toMatchObject({
      path: '/v1/publishers/anthropic/models/count-tokens:rawPredict',
      headers: { 'x-goog-api-key': 'an-api-key' },
      body: { anthropic_version: 'vertex-2023-10-16', model: claude },
    })
  })
})

test('a model of others is called in the words of OpenAI', async () => {
  call('meta/llama-4-maverick', { baseUrl: world.vendor.baseUrl, openCredential: () => 'an-api-key' })
  await openai.chat.completions.create({ model: 'gpt-4o', messages })
  expect(world.vendor.visits[0]).toMatchObject({
    path: '/v1/endpoints/openapi/chat/completions',
    body: { model: 'meta/llama-4-maverick' },
  })
})

describe('a service account', () => {
  test('that Google does not know has sent nothing, and costs nothing', async () => {
    const stranger = JSON.parse(createGoogleAccount(simulator))
    const { private_key } = JSON.parse(keyFile)
    call('gemini-2.5-flash', { openCredential: () => JSON.stringify({ ...stranger, private_key }) })
    await expect(openai.chat.completions.create({ model: 'gpt-4o', messages })).rejects.toMatchObject({ status: 502 })
    expect(lastOutcome()).toMatchObject({ costNanos: 0n, attempts: [{ fate: 'unsent' }] })
    expect(simulator.journal.calls).toHaveLength(0)
  })

  test('gets a new token before the old one ends, and asks again after a failure', async () => {
    let now = 1_800_000_000_000
    let answers: { status: number; text: string }[] = []
    const tokenFor = openGoogleTokens(
      async (url) => {
        expect(url).toBe(`http://127.0.0.1:${simulator.port}${tokenPath}`)
        return answers.shift()!
      },
      () => now,
    )
    const give = (token: string) => ({ status: 200, text: JSON.stringify({ access_token: token, expires_in: 3600 }) })
    answers = [{ status: 503, text: '' }, give('first'), give('second')]
    const account = googleAccountOf(keyFile)!
    await expect(tokenFor(account)).rejects.toMatchObject({ code: 'upstream_error' })
    expect(await Promise.all([tokenFor(account), tokenFor(account)])).toEqual(['first', 'first'])
    now += 54 * 60_000
    expect(await tokenFor(account)).toBe('first')
    now += 2 * 60_000
    expect(await tokenFor(account)).toBe('second')
    expect(answers).toEqual([])
  })
})
