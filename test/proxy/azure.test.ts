import OpenAI, { AzureOpenAI } from 'openai'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findVendor } from '#lib/providers/vendors.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { loadTokenizer } from '#simulator/writing/load-tokenizer.ts'
import { deploymentOf, routeOf, secret, startWorld, type World } from './support/world.ts'

const messages = [{ role: 'user' as const, content: 'What is a budget?' }]
const ways = [
  ['its newer address', '/openai/v1'],
  ['its older address with a version', '/openai?api-version=2024-10-21'],
] as const

let simulator: Simulator
let world: World
let client: OpenAI

beforeAll(async () => {
  // Its first answer waits for the tokens of a language, longer than a gateway of these tests does for a vendor.
  await loadTokenizer()
  simulator = await startSimulator()
})
beforeEach(async () => {
  world = await startWorld()
  client = new OpenAI({ baseURL: `${world.baseUrl}/v1`, apiKey: secret, maxRetries: 0 })
})
afterEach(async () => {
  await world.close()
  simulator.control.reset()
  simulator.journal.reset()
})
afterAll(() => simulator.close())

function callAt(below: string, more: Parameters<typeof deploymentOf>[1] = {}): void {
  const { wire, speaks } = findVendor('azure')!
  const baseUrl = `http://127.0.0.1:${simulator.port}${below}`
  const facts = { vendor: 'azure', wire, speaks, upstreamModel: 'our-gpt', openCredential: () => 'sim-azure', ...more }
  world.route = routeOf('gpt-4o', [deploymentOf({ baseUrl }, facts)])
}

async function lastCall() {
  await simulator.journal.whenIdle()
  return simulator.journal.calls.at(-1)!
}

describe('the stand-in for Azure', () => {
  test("answers Azure's own client", async () => {
    const azure = new AzureOpenAI({
      endpoint: `http://127.0.0.1:${simulator.port}`,
      apiKey: 'sim-azure',
      apiVersion: '2024-10-21',
      maxRetries: 0,
    })
    const { model, choices } = await azure.chat.completions.create({ model: 'our-gpt', messages })
    expect([model, choices[0]?.finish_reason]).toEqual(['our-gpt', 'stop'])
    await expect(azure.chat.completions.create({ model: 'missing', messages })).rejects.toMatchObject({
      status: 404,
      code: 'DeploymentNotFound',
    })
  })

  test.each([
    ['another header', '/openai/v1/chat/completions', { authorization: 'Bearer sim-azure' }, 401],
    ['no version', '/openai/deployments/d/chat/completions', { 'api-key': 'sim-azure' }, 404],
    [
      'a version at the newer address',
      '/openai/v1/chat/completions?api-version=2024-10-21',
      { 'api-key': 'sim-azure' },
      404,
    ],
    ['no deployment', '/openai/chat/completions?api-version=2024-10-21', { 'api-key': 'sim-azure' }, 404],
    [
      'a response of a deployment',
      '/openai/deployments/d/responses?api-version=2025-04-01-preview',
      { 'api-key': 'sim-azure' },
      404,
    ],
  ])('refuses %s', async (_, path, headers, status) => {
    const response = await fetch(`http://127.0.0.1:${simulator.port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers } as Record<string, string>,
      body: JSON.stringify({ model: 'd', messages, input: 'a' }),
    })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { code: String(status) } })
  })
})

describe.each(ways)('Azure at %s', (_, below) => {
  test('chats, and is billed as it reported', async () => {
    callAt(below)
    const answer = await client.chat.completions.create({ model: 'gpt-4o', messages, max_completion_tokens: 50 })
    expect(answer.choices[0]?.message.content).toContain('budget')
    const call = await lastCall()
    expect(call).toMatchObject({ model: 'our-gpt', status: 200, credential: 'sim-azure' })
    expect(answer.usage).toMatchObject({ prompt_tokens: call.promptTokens, completion_tokens: call.servedTokens })
    expect(world.ledger.entries.at(-1)?.outcome).toMatchObject({
      status: 200,
      estimated: false,
      usage: { inputTokens: call.promptTokens, outputTokens: call.servedTokens },
    })
  })

  test('streams: what its filters say passes, the usage only to who asked', async () => {
    callAt(below)
    for (const asked of [false, true]) {
      const stream = await client.chat.completions.create({
        model: 'gpt-4o',
        messages,
        stream: true,
        ...(asked && { stream_options: { include_usage: true } }),
      })
      const chunks: OpenAI.ChatCompletionChunk[] = []
      for await (const chunk of stream) chunks.push(chunk)
      expect(chunks[0]).toMatchObject({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] })
      expect(chunks.some(({ usage }) => usage != null)).toBe(asked)
      const call = await lastCall()
      expect(world.ledger.entries.at(-1)?.outcome).toMatchObject({
        estimated: false,
        finishReason: 'stop',
        usage: { inputTokens: call.promptTokens, outputTokens: call.servedTokens },
      })
    }
  })

  test('answers Responses, which belong to the resource', async () => {
    callAt(below)
    const answer = await client.responses.create({ model: 'gpt-4o', input: 'What is a budget?' })
    expect(answer.output_text).toContain('budget')
    expect((await lastCall()).path).toMatch(/^\/openai\/(?:v1\/)?responses$/)
  })

  test('answers who speaks another dialect', async () => {
    callAt(below, { speaks: ['openai-chat'] })
    const response = await world.post(
      { model: 'gpt-4o', max_tokens: 60, stream: true, messages },
      { path: '/v1/messages', headers: { 'anthropic-version': '2023-06-01' } },
    )
    const text = await response.text()
    expect(text).toContain('event: message_start')
    expect(text.trimEnd().endsWith('data: {"type":"message_stop"}')).toBe(true)
  })

  test("passes Azure's own words on, and takes a deployment that is not there for a model that is not", async () => {
    callAt(below, { upstreamModel: below === '/openai/v1' ? 'our-gpt' : 'missing-gpt' })
    if (below === '/openai/v1') simulator.control.set({ fault: 'status-404' })
    await expect(client.chat.completions.create({ model: 'gpt-4o', messages })).rejects.toMatchObject({ status: 404 })
    expect(world.ledger.entries.at(-1)?.outcome).toMatchObject({
      costNanos: 0n,
      attempts: [{ fate: 'refused', status: 404 }],
    })
  })
})

test('a question that the filters refuse costs nothing and is told in their words', async () => {
  const filtered = {
    error: {
      message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: { hate: { filtered: true } } },
    },
  }
  world.vendor.script = (response) => {
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(filtered))
  }
  const response = await world.post({ model: 'gpt-4o', messages })
  expect([response.status, await response.json()]).toEqual([400, filtered])
  expect(world.ledger.entries.at(-1)?.outcome).toMatchObject({ costNanos: 0n })
})
