import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findVendor, speaksOf } from '#lib/providers/vendors.ts'
import type { Deployment } from '#proxy/gateway.ts'
import { secretOf, signatureOf } from '#simulator/dialects/bedrock/check-signature.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { loadTokenizer } from '#simulator/writing/load-tokenizer.ts'
import { deploymentOf, routeOf, secret, startWorld, type World } from './support/world.ts'

const nova = 'us.amazon.nova-2-lite-v1:0'
const claude = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'
const keyId = 'AKIASIMULATOR0001'
const keys = `${keyId}:${secretOf(keyId)}`
const messages = [{ role: 'user' as const, content: 'What is a budget? 预算是什么？' }]
const weather = {
  type: 'function' as const,
  function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
}

let simulator: Simulator
let world: World
let openai: OpenAI
let anthropic: Anthropic

beforeAll(async () => {
  // Its first answer waits for the tokens of a language, longer than a gateway of these tests does for a vendor.
  await loadTokenizer()
  simulator = await startSimulator()
})
beforeEach(async () => {
  world = await startWorld()
  openai = new OpenAI({ baseURL: `${world.baseUrl}/v1`, apiKey: secret, maxRetries: 0 })
  anthropic = new Anthropic({ baseURL: world.baseUrl, apiKey: secret, maxRetries: 0 })
})
afterEach(async () => {
  await world.close()
  simulator.control.reset()
  simulator.journal.reset()
})
afterAll(() => simulator.close())

function bedrockOf(upstreamModel: string, more: Partial<Deployment> = {}): Deployment {
  const vendor = findVendor('bedrock')!
  const baseUrl = `http://127.0.0.1:${simulator.port}?region=us-east-1`
  const facts = { vendor: 'bedrock', wire: vendor.wire, speaks: speaksOf(vendor, upstreamModel), upstreamModel }
  return deploymentOf({ baseUrl }, { ...facts, openCredential: () => keys, ...more })
}

function call(upstreamModel: string, more: Partial<Deployment> = {}): void {
  world.route = routeOf('gpt-4o', [bedrockOf(upstreamModel, more)])
}

async function lastCall() {
  await simulator.journal.whenIdle()
  return simulator.journal.calls.at(-1)!
}

const lastOutcome = () => world.ledger.entries.at(-1)?.outcome

async function expectBilledAsServed(): Promise<void> {
  const { promptTokens, servedTokens } = await lastCall()
  expect(lastOutcome()).toMatchObject({
    estimated: false,
    usage: { inputTokens: promptTokens, outputTokens: servedTokens },
  })
}

test("the stand-in computes signatures as AWS's own test suite does", () => {
  const arrival = {
    method: 'GET',
    url: '/',
    headers: { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' },
    body: Buffer.alloc(0),
  }
  const signed = {
    accessKeyId: 'AKIDEXAMPLE',
    date: '20150830',
    region: 'us-east-1',
    service: 'service',
    names: ['host', 'x-amz-date'],
    signature: '',
  }
  expect(signatureOf(arrival, signed, 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')).toBe(
    '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  )
})

describe.each([
  ['an access key', keys],
  ['an access key with a session', `${keys}:FwoGZXIvYXdzEXAMPLE+token/==`],
  ['an API key of Bedrock', 'sim-bedrock-api-key'],
])('with %s', (_, credential) => {
  test.each([nova, claude])('%s chats with who speaks as OpenAI does', async (model) => {
    call(model, { openCredential: () => credential })
    const answer = await openai.chat.completions.create({ model: 'gpt-4o', messages, max_completion_tokens: 80 })
    expect(answer.choices[0]).toMatchObject({ finish_reason: 'stop' })
    expect((await lastCall()).model).toBe(model)
    await expectBilledAsServed()
  })
})

describe.each([
  ['Converse', nova, '/converse-stream'],
  ["Anthropic's own words", claude, '/invoke-with-response-stream'],
])('a stream in %s', (_, model, path) => {
  test('is whole wherever its bytes are cut', async () => {
    call(model)
    for (let seed = 0; seed < 5; seed++) {
      simulator.control.reset()
      simulator.control.set({ cutBytes: true, seed, cachedTokens: 3 })
      const asked = { model: 'gpt-4o', messages, stream_options: { include_usage: true } }
      const stream = await openai.chat.completions.create({ ...asked, stream: true })
      let text = ''
      let usage: OpenAI.CompletionUsage | null | undefined
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? ''
        usage = chunk.usage ?? usage
      }
      const { promptTokens, servedTokens, path: asPath } = await lastCall()
      expect(text.length).toBeGreaterThan(10)
      expect(asPath.endsWith(path)).toBe(true)
      expect(usage).toMatchObject({
        prompt_tokens: promptTokens,
        completion_tokens: servedTokens,
        prompt_tokens_details: { cached_tokens: 3 },
      })
      await expectBilledAsServed()
    }
  })

  test('that fails in the middle is an error, and what came is owed', async () => {
    call(model)
    simulator.control.set({ fault: 'error-mid-stream', outputTokens: 40 })
    const stream = await openai.chat.completions.create({ model: 'gpt-4o', messages, stream: true })
    await expect(
      (async () => {
        for await (const chunk of stream) void chunk
      })(),
    ).rejects.toThrow()
    expect(lastOutcome()).toMatchObject({ status: 200, errorCode: 'upstream_error' })
    expect(lastOutcome()!.costNanos).toBeGreaterThan(0n)
  })

  test('calls tools, and goes on with what they gave', async () => {
    call(model)
    const asked = { model: 'gpt-4o', tools: [weather], stream: true as const }
    const first = await openai.chat.completions.create({ ...asked, messages, tool_choice: 'required' })
    let id = ''
    let input = ''
    for await (const chunk of first) {
      const [made] = chunk.choices[0]?.delta.tool_calls ?? []
      id ||= made?.id ?? ''
      input += made?.function?.arguments ?? ''
    }
    expect(JSON.parse(input)).toHaveProperty('city')
    const second = await openai.chat.completions.create({
      ...asked,
      stream: false,
      tool_choice: 'auto',
      messages: [
        ...messages,
        {
          role: 'assistant',
          tool_calls: [{ id, type: 'function', function: { name: 'get_weather', arguments: input } }],
        },
        { role: 'tool', tool_call_id: id, content: 'Sunny.' },
      ],
    })
    expect(second.choices[0]?.finish_reason).toBe('stop')
  })
})

describe("Anthropic's own client", () => {
  test.each([nova, claude])('is answered by %s', async (model) => {
    call(model)
    const stream = anthropic.messages.stream({ model: 'gpt-4o', max_tokens: 100, messages })
    const message = await stream.finalMessage()
    expect(message).toMatchObject({ role: 'assistant', stop_reason: 'end_turn' })
    await expectBilledAsServed()
  })

  test('is told what Bedrock finds wrong in words of its own', async () => {
    call(claude)
    simulator.control.set({ fault: 'status-400' })
    const refusal = await anthropic.messages
      .create({ model: 'gpt-4o', max_tokens: 9, messages })
      .catch((error) => error)
    expect(refusal).toMatchObject({ status: 400, error: { type: 'error', error: { type: 'invalid_request_error' } } })
  })

  test('may send betas, which Bedrock reads in the body', async () => {
    call(claude)
    const response = await world.post(
      { model: 'gpt-4o', max_tokens: 20, messages },
      {
        path: '/v1/messages',
        headers: { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'context-1m-2025-08-07' },
      },
    )
    expect(response.status).toBe(200)
  })

  test('cannot have tokens counted there', async () => {
    call(claude)
    await expect(anthropic.messages.countTokens({ model: 'gpt-4o', messages })).rejects.toMatchObject({ status: 400 })
    expect(simulator.journal.calls).toHaveLength(0)
  })
})

describe('a call that Bedrock does not take', () => {
  const chat = () => openai.chat.completions.create({ model: 'gpt-4o', messages })

  test('is nothing of the caller when it was signed with the wrong secret', async () => {
    call(nova, { openCredential: () => `${keyId}:another-secret` })
    await expect(chat()).rejects.toMatchObject({ status: 502 })
    expect(lastOutcome()).toMatchObject({ costNanos: 0n, attempts: [{ status: 403, fate: 'refused' }] })
  })

  test('has not been sent where the address names no region', async () => {
    call(nova, { baseUrl: `http://127.0.0.1:${simulator.port}` })
    await expect(chat()).rejects.toMatchObject({ status: 502 })
    expect(lastOutcome()).toMatchObject({ costNanos: 0n, attempts: [{ fate: 'unsent' }] })
  })

  test.each(['status-429', 'status-503'] as const)('goes to the next provider after %s', async (fault) => {
    world.gateway.settings.maxAttempts = 2
    const spare = deploymentOf(world.vendor, { id: 'spare', providerId: 'spare', priority: 1 })
    world.route = routeOf('gpt-4o', [bedrockOf(nova), spare])
    simulator.control.set({ fault })
    const answer = await chat()
    expect(answer.choices[0]?.message.content).toBe('Hello there.')
    expect(lastOutcome()?.attempts.map(({ fate }) => fate)).toEqual(['refused', 'served'])
  })
})
