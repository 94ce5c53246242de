import OpenAI from 'openai'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StipendError } from '#lib/core/errors.ts'
import { chunkOf, eventText, helloEvents, sayJson, sayStream } from './support/vendor.ts'
import { eventually, mountNames, secret, startWorld, type World } from './support/world.ts'

const chat = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'Hi' }] }

/** What people's programs see, through the client that they use. */
describe.each(mountNames)('the openai client on %s', (mountName) => {
  let world: World

  beforeEach(async () => {
    world = await startWorld(mountName)
  })

  afterEach(() => world.close())

  function clientOf({ apiKey = secret, path = '/v1' } = {}): OpenAI {
    return new OpenAI({ apiKey, baseURL: `${world.baseUrl}${path}`, fetch: world.send, maxRetries: 2 })
  }

  test.each(['/v1', ''])('with a base URL that ends in "%s"', async (path) => {
    const completion = await clientOf({ path }).chat.completions.create(chat)
    expect(completion.choices[0]?.message.content).toBe('Hello there.')
    expect(completion.usage?.total_tokens).toBe(12)
    expect((await clientOf({ path }).models.list()).data.map(({ id }) => id)).toEqual(['gpt-4o', 'openai/o3'])
    expect((await clientOf({ path }).models.retrieve('openai/o3')).id).toBe('openai/o3')
  })

  test('streams, with the cost beside the usage', async () => {
    const asking = { ...chat, stream: true as const, stream_options: { include_usage: true } }
    let text = ''
    let usage: unknown
    for await (const chunk of await clientOf().chat.completions.create(asking)) {
      text += chunk.choices[0]?.delta.content ?? ''
      usage = chunk.usage ?? usage
    }
    expect(text).toBe('Hello there.')
    expect(usage).toMatchObject({ total_tokens: 12, cost: '0.0000525' })
  })

  test('collects a stream with its helper', async () => {
    const runner = clientOf().chat.completions.stream(chat)
    expect((await runner.finalChatCompletion()).choices[0]?.message.content).toBe('Hello there.')
  })

  test('throws its own errors, and does not hammer a key that has no money', async () => {
    world.ledger.limitNanos = 0n
    const refused = await clientOf()
      .chat.completions.create(chat)
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(OpenAI.APIError)
    expect(refused).toMatchObject({ status: 402, code: 'insufficient_quota', type: 'insufficient_quota' })
    expect(world.ledger.entries).toHaveLength(1)

    const unknown = await clientOf({ apiKey: 'sk-stp-nobody' })
      .chat.completions.create(chat)
      .catch((error: unknown) => error)
    expect(unknown).toBeInstanceOf(OpenAI.AuthenticationError)
    expect(unknown).toMatchObject({ code: 'invalid_api_key', requestID: expect.any(String) })

    const missing = await clientOf()
      .chat.completions.create({ ...chat, model: 'gpt-9' })
      .catch((error: unknown) => error)
    expect(missing).toBeInstanceOf(OpenAI.NotFoundError)
    expect(missing).toMatchObject({ code: 'model_not_found', param: 'model' })
  })

  test('retries a rate limit when it was told to', async () => {
    const refusal = new StipendError('rate_limit_exceeded', 'Others hold the money.', { retryAfterMs: 20 })
    world.ledger.refusal = refusal
    const pending = clientOf().chat.completions.create(chat)
    await eventually(() => world.ledger.entries.length === 1)
    world.ledger.refusal = null
    expect((await pending).choices).toHaveLength(1)
  })

  test('retries when the vendor failed', async () => {
    let visits = 0
    world.vendor.script = (response, visit) => {
      visits++
      sayJson(visits === 1 ? {} : { ...visit.body, choices: [] }, visits === 1 ? 500 : 200)(response)
    }
    await clientOf().chat.completions.create(chat)
    expect(world.ledger.entries.map(({ outcome }) => outcome.status)).toEqual([502, 200])
  })

  test('throws when a stream breaks', async () => {
    world.vendor.script = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(helloEvents.slice(0, 3).map(eventText).join(''))
      setTimeout(() => response.destroy(), 10)
    }
    const read = async (): Promise<string> => {
      let text = ''
      for await (const chunk of await clientOf().chat.completions.create({ ...chat, stream: true })) {
        text += chunk.choices[0]?.delta.content ?? ''
      }
      return text
    }
    await expect(read()).rejects.toMatchObject({ code: 'upstream_error' })
  })

  test('leaves a stream', async () => {
    world.vendor.script = async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(eventText(chunkOf({ content: 'Hello' })))
    }
    for await (const _ of await clientOf().chat.completions.create({ ...chat, stream: true })) break
    const { outcome } = await eventually(() => world.ledger.entries[0])
    expect(outcome).toMatchObject({ status: 499, estimated: true, usage: { inputTokens: 8, outputTokens: 1 } })
    await eventually(() => world.vendor.cut > 0)
  })

  test('passes tools both ways', async () => {
    const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'add', arguments: '{"a":1}' } }
    world.vendor.script = sayStream([chunkOf({ tool_calls: [call] }), '[DONE]'])
    const tools = [{ type: 'function' as const, function: { name: 'add', parameters: { type: 'object' } } }]
    const seen = []
    for await (const chunk of await clientOf().chat.completions.create({ ...chat, tools, stream: true })) {
      seen.push(...(chunk.choices[0]?.delta.tool_calls ?? []))
    }
    expect(seen).toEqual([call])
    expect(world.vendor.visits[0]?.body.tools).toEqual(tools)
  })
})
