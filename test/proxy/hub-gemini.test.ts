import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import OpenAI from 'openai'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sayJson } from './support/vendor.ts'
import { deploymentOf, secret, startWorld, type World } from './support/world.ts'

const usageMetadata = { promptTokenCount: 8, candidatesTokenCount: 3, totalTokenCount: 11 }
const answerOf = (parts: object[]) => ({
  candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }],
  usageMetadata,
})
const called = answerOf([
  { functionCall: { name: 'get_weather', args: { city: 'Paris' } }, thoughtSignature: 'c2VhbA==' },
])
const parameters = { type: 'object' as const, properties: { city: { type: 'string' as const } } }

let world: World

beforeEach(async () => {
  world = await startWorld()
  const baseUrl = world.vendor.baseUrl.replace(/\/v1$/, '')
  const gemini = { vendor: 'gemini', wire: 'gemini', speaks: ['gemini'], upstreamModel: 'gemini-3-pro' } as const
  world.route.deployments = [deploymentOf({ baseUrl }, gemini)]
})

afterEach(async () => {
  await world.close()
  expect(world.ledger.reservedNanos).toBe(0n)
})

test('a seal of Google’s goes through a client of Messages and comes back on the same call', async () => {
  const client = new Anthropic({ apiKey: secret, baseURL: world.baseUrl, maxRetries: 0 })
  const tools = [{ name: 'get_weather', input_schema: parameters }]
  const asked = { model: 'gpt-4o', max_tokens: 500, tools, thinking: { type: 'enabled' as const, budget_tokens: 1024 } }
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'Weather?' }]
  world.vendor.script = sayJson(called)
  const first = await client.messages.create({ ...asked, max_tokens: 2000, messages })
  expect(first.stop_reason).toBe('tool_use')
  const call = first.content.find((block) => block.type === 'tool_use')
  expect(call?.input).toEqual({ city: 'Paris' })
  messages.push({ role: 'assistant', content: first.content })
  messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: call!.id, content: '21 degrees' }] })
  world.vendor.script = sayJson(answerOf([{ text: 'Mild.' }]))
  await client.messages.create({ ...asked, max_tokens: 2000, messages })
  expect(world.vendor.visits[1]?.body.contents).toEqual([
    { role: 'user', parts: [{ text: 'Weather?' }] },
    {
      role: 'model',
      parts: [{ functionCall: { name: 'get_weather', args: { city: 'Paris' } }, thoughtSignature: 'c2VhbA==' }],
    },
    { role: 'user', parts: [{ functionResponse: { name: 'get_weather', response: { output: '21 degrees' } } }] },
  ])
  expect(world.ledger.entries[1]?.outcome).toMatchObject({
    usage: { inputTokens: 8, outputTokens: 3 },
    estimated: false,
  })
})

test('a chat becomes contents: system, tools, choice, schema and sampling', async () => {
  world.vendor.script = sayJson(answerOf([{ text: '{}' }]))
  const client = new OpenAI({ apiKey: secret, baseURL: `${world.baseUrl}/v1`, maxRetries: 0 })
  const { response } = await client.chat.completions
    .create({
      model: 'gpt-4o',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
      tools: [{ type: 'function', function: { name: 'add', parameters } }],
      tool_choice: { type: 'function', function: { name: 'add' } },
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema: parameters } },
      max_tokens: 50,
      temperature: 0.5,
      stop: ['END'],
      seed: 7,
      user: 'ada',
    })
    .withResponse()
  expect(response.headers.get('x-stipend-dropped')).toBe('user')
  expect(world.vendor.visits[0]).toMatchObject({ path: '/v1beta/models/gemini-3-pro:generateContent' })
  expect(world.vendor.visits[0]?.body).toEqual({
    contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    tools: [{ functionDeclarations: [{ name: 'add', parametersJsonSchema: parameters }] }],
    toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['add'] } },
    generationConfig: {
      temperature: 0.5,
      seed: 7,
      maxOutputTokens: 50,
      stopSequences: ['END'],
      responseMimeType: 'application/json',
      responseJsonSchema: parameters,
    },
  })
})

test.each(['n', 'logprobs', 'logit_bias'])('what cannot be said is refused by its name: %s', async (field) => {
  const value = { n: 2, logprobs: true, logit_bias: { '1': 5 } }[field]
  const response = await world.post({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }], [field]: value })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { code: 'invalid_request_error', param: field } })
  expect(world.vendor.visits).toHaveLength(0)
  expect(world.ledger.reservations).toHaveLength(0)
})

test('the client of Gemini is answered by a vendor of Messages, tools included', async () => {
  const anthropic = {
    vendor: 'anthropic',
    wire: 'anthropic',
    speaks: ['anthropic-messages'],
    upstreamModel: 'claude-sonnet-4-5',
  } as const
  const baseUrl = world.vendor.baseUrl.replace(/\/v1$/, '')
  world.route.deployments = [deploymentOf({ baseUrl }, anthropic)]
  world.vendor.script = sayJson({
    type: 'message',
    role: 'assistant',
    content: [{ type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Paris' } }],
    stop_reason: 'tool_use',
    usage: { input_tokens: 8, output_tokens: 3 },
  })
  const client = new GoogleGenAI({ apiKey: secret, httpOptions: { baseUrl: world.baseUrl } })
  const config = { tools: [{ functionDeclarations: [{ name: 'get_weather', parametersJsonSchema: parameters }] }] }
  const answer = await client.models.generateContent({ model: 'gpt-4o', contents: 'Weather?', config })
  expect(answer.functionCalls).toEqual([{ id: 'toolu_1', name: 'get_weather', args: { city: 'Paris' } }])
  expect(answer.usageMetadata).toMatchObject({ promptTokenCount: 8, candidatesTokenCount: 3 })
  expect(world.vendor.visits[0]?.body).toMatchObject({
    max_tokens: 16_384,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Weather?' }] }],
    tools: [{ name: 'get_weather', input_schema: parameters }],
  })
})
