import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { clientOf, endedCalls, eventsOf, post, question } from './support.ts'

const model = 'gpt-4o'
const weather = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'The weather in a city',
    parameters: { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer' } } },
  },
}

let simulator: Simulator
let client: OpenAI

beforeAll(async () => {
  simulator = await startSimulator()
  client = clientOf(simulator)
})

afterAll(() => simulator.close())

afterEach(() => {
  simulator.control.reset()
  simulator.journal.reset()
})

describe('a chat completion', () => {
  it('is what the client expects, and its usage is what the tokenizer counts', async () => {
    const answer = await client.chat.completions.create({ model, messages: question })
    const text = answer.choices[0]!.message.content!
    expect(answer).toMatchObject({ object: 'chat.completion', model, choices: [{ index: 0, finish_reason: 'stop' }] })
    expect(text).toContain('budget')
    // 3 a message, 1 for its role, 3 to begin the reply.
    const prompt = countTokens('What is a budget?') + 7
    expect(answer.usage).toMatchObject({ prompt_tokens: prompt, completion_tokens: countTokens(text) })
    const [call] = await endedCalls(simulator)
    expect(call).toMatchObject({
      id: answer.id,
      credential: 'sim-test',
      model,
      status: 200,
      promptTokens: prompt,
      servedTokens: countTokens(text),
      completionTokens: countTokens(text),
      reportedUsage: { promptTokens: prompt, completionTokens: countTokens(text), cachedTokens: 0, reasoningTokens: 0 },
      outcome: 'finished',
    })
  })

  it('carries the headers of the vendor', async () => {
    const { response, data } = await client.chat.completions.create({ model, messages: question }).withResponse()
    expect(response.headers.get('x-request-id')).toBe(`req_${data.id.replace('chatcmpl-', '')}`)
    expect(response.headers.get('openai-processing-ms')).toMatch(/^\d+$/)
    expect(response.headers.get('x-ratelimit-limit-requests')).toMatch(/^\d+$/)
    expect(response.headers.get('x-ratelimit-reset-tokens')).toMatch(/^\d+ms$/)
  })

  it('is the same for the same prompt, another for another seed', async () => {
    const ask = async (seed?: number) => {
      const answer = await client.chat.completions.create({ model, messages: question, ...(seed && { seed }) })
      return answer.choices[0]!.message.content
    }
    expect(await ask()).toBe(await ask())
    const others = await Promise.all([1, 2, 3, 4].map((seed) => ask(seed)))
    expect(new Set(others).size).toBeGreaterThan(1)
  })

  it.each([
    ['Say hello.', /^Hello\.$/],
    ['What is 6*7?', /^6 × 7 = 42$/],
    ['What is the capital of France?', /Paris/],
    ['法国的首都是哪里？', /巴黎/],
    ['请用一句话解释注意力机制', /注意力机制/],
    ['帮我写一份实验计划', /^[^a-zA-Z]+$/],
  ])('answers %s in its own script', async (content, expected) => {
    const answer = await client.chat.completions.create({ model, messages: [{ role: 'user', content }] })
    expect(answer.choices[0]!.message.content).toMatch(expected)
  })

  it.each([{ max_tokens: 3 }, { max_completion_tokens: 3 }])('stops at the cap of %o', async (cap) => {
    const answer = await client.chat.completions.create({ model, messages: question, ...cap })
    expect(answer.choices[0]!.finish_reason).toBe('length')
    expect(answer.usage!.completion_tokens).toBe(3)
    expect(countTokens(answer.choices[0]!.message.content!)).toBe(3)
  })

  it('has as many choices as asked for and bills all of them', async () => {
    simulator.control.set({ outputTokens: 9 })
    const answer = await client.chat.completions.create({ model, messages: question, n: 3 })
    expect(answer.choices.map(({ index }) => index)).toEqual([0, 1, 2])
    expect(answer.usage!.completion_tokens).toBe(27)
    expect(new Set(answer.choices.map(({ message }) => message.content)).size).toBeGreaterThan(1)
  })

  it('ends before a stop sequence', async () => {
    const messages = [{ role: 'user' as const, content: 'one two three four' }]
    const answer = await client.chat.completions.create({ model: 'sim-echo', messages, stop: ['nope', ' three'] })
    expect(answer.choices[0]).toMatchObject({ message: { content: 'one two' }, finish_reason: 'stop' })
    expect(answer.usage!.completion_tokens).toBe(2)
  })

  it('thinks before it speaks, within the cap', async () => {
    simulator.control.set({ outputTokens: 10, reasoningTokens: 20, cachedTokens: 5 })
    const free = await client.chat.completions.create({ model, messages: question })
    expect(free.usage).toMatchObject({
      completion_tokens: 30,
      completion_tokens_details: { reasoning_tokens: 20 },
      prompt_tokens_details: { cached_tokens: 5 },
    })
    const capped = await client.chat.completions.create({ model, messages: question, max_completion_tokens: 12 })
    expect(capped.choices[0]).toMatchObject({ message: { content: '' }, finish_reason: 'length' })
    expect(capped.usage).toMatchObject({ completion_tokens: 12, completion_tokens_details: { reasoning_tokens: 12 } })
  })

  it('counts names, parts, images and tools as part of the prompt', async () => {
    const promptOf = async (message: OpenAI.ChatCompletionUserMessageParam, tools?: (typeof weather)[]) => {
      const answer = await client.chat.completions.create({ model, messages: [message], ...(tools && { tools }) })
      return answer.usage!.prompt_tokens
    }
    const plain = await promptOf({ role: 'user', content: 'Look' })
    expect(await promptOf({ role: 'user', content: [{ type: 'text', text: 'Look' }] })).toBe(plain)
    expect(await promptOf({ role: 'user', content: 'Look', name: 'ann' })).toBe(plain + 1 + countTokens('ann'))
    const image = {
      type: 'image_url' as const,
      image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' as const },
    }
    expect(await promptOf({ role: 'user', content: [{ type: 'text', text: 'Look' }, image] })).toBe(plain + 85)
    expect(await promptOf({ role: 'user', content: 'Look' }, [weather])).toBeGreaterThan(plain + 20)
  })
})

describe('a stream', () => {
  it('tells its usage when asked, in an event of its own after the others', async () => {
    const stream = await client.chat.completions.create({
      model,
      messages: question,
      stream: true,
      stream_options: { include_usage: true },
    })
    const chunks = []
    for await (const chunk of stream) chunks.push(chunk)
    const last = chunks.pop()!
    const text = chunks.map((chunk) => chunk.choices[0]!.delta.content ?? '').join('')
    expect(chunks[0]!.choices[0]!.delta).toMatchObject({ role: 'assistant', content: '' })
    expect(chunks.at(-1)!.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' })
    expect(chunks.every((chunk) => chunk.usage === null && chunk.choices.length === 1)).toBe(true)
    expect(last).toMatchObject({ choices: [], usage: { completion_tokens: countTokens(text) } })
    const [call] = await endedCalls(simulator)
    expect(call).toMatchObject({
      stream: true,
      servedTokens: countTokens(text),
      reportedUsage: { completionTokens: countTokens(text) },
      outcome: 'finished',
    })
  })

  it('says nothing of usage when not asked, and ends with [DONE]', async () => {
    const response = await post(simulator, { model, messages: question, stream: true })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const text = await response.text()
    expect(text).not.toContain('usage')
    expect(eventsOf(text).at(-1)).toBe('[DONE]')
    expect((await endedCalls(simulator))[0]).toMatchObject({ reportedUsage: null, outcome: 'finished' })
  })

  it('says the same words as a document', async () => {
    const document = await client.chat.completions.create({ model, messages: question, n: 2 })
    const stream = client.chat.completions.stream({ model, messages: question, n: 2 })
    const { choices } = await stream.finalChatCompletion()
    expect(choices.map(({ message }) => message.content)).toEqual(
      document.choices.map(({ message }) => message.content),
    )
  })

  it('carries one token an event, or more when told so, and never half a character', async () => {
    const messages = [{ role: 'user' as const, content: '🦜 naïve 鸚鵡 🏴‍☠️' }]
    const deltas = async (asked: string) => {
      const response = await post(simulator, { model: asked, messages, stream: true })
      const events = eventsOf(await response.text()).slice(1, -2)
      return events.map((event) => JSON.parse(event).choices[0].delta.content as string)
    }
    const one = await deltas('sim-echo')
    expect(one.join('')).toBe(messages[0]!.content)
    expect(one.length).toBeGreaterThan(5)
    const more = await deltas('sim-echo;chunk=4')
    expect(more.join('')).toBe(messages[0]!.content)
    expect(more.length).toBeLessThan(one.length)
    const [first, second] = await endedCalls(simulator)
    expect(first!.servedTokens).toBe(countTokens(messages[0]!.content))
    expect(second!.servedTokens).toBe(first!.servedTokens)
  })

  it('keeps its words and its tokens wherever its bytes are cut', async () => {
    const messages = [{ role: 'user' as const, content: '请解释梯度下降，并举例说明。' }]
    const stream = client.chat.completions.stream({ model: 'sim-echo;cut;seed=3', messages })
    expect((await stream.finalChatCompletion()).choices[0]!.message.content).toBe(messages[0]!.content)
    expect((await endedCalls(simulator))[0]).toMatchObject({
      servedTokens: countTokens(messages[0]!.content),
      outcome: 'finished',
    })
  })
})

describe('a tool', () => {
  it.each([
    ['is forced by name', { tool_choice: { type: 'function' as const, function: { name: 'get_weather' } } }, 'Hi'],
    ['is required', { tool_choice: 'required' as const }, 'Hi'],
    ['is named by the user', {}, 'Please get weather for Hangzhou'],
    ['is asked for', {}, '请调用工具'],
  ])('is called when it %s, in a document and in a stream', async (_, choice, content) => {
    const body = { model, messages: [{ role: 'user' as const, content }], tools: [weather], ...choice }
    const document = await client.chat.completions.create(body)
    const streamed = await client.chat.completions.stream(body).finalChatCompletion()
    for (const answer of [document, streamed]) {
      const { message, finish_reason } = answer.choices[0]!
      const call = message.tool_calls![0] as OpenAI.ChatCompletionMessageFunctionToolCall
      expect(finish_reason).toBe('tool_calls')
      expect(message.content).toBeNull()
      expect(call.function.name).toBe('get_weather')
      expect(JSON.parse(call.function.arguments)).toEqual({ city: 'city', days: 1 })
    }
    const tokens = countTokens('get_weather') + countTokens('{"city":"city","days":1}')
    expect(document.usage!.completion_tokens).toBe(tokens)
    expect((await endedCalls(simulator)).map(({ servedTokens }) => servedTokens)).toEqual([tokens, tokens])
  })

  it.each([
    ['nobody asks for it', {}, question],
    ['it is forbidden', { tool_choice: 'none' as const }, [{ role: 'user' as const, content: 'use the tool' }]],
    [
      'it has answered',
      {},
      [
        { role: 'user' as const, content: 'use the tool' },
        {
          role: 'assistant' as const,
          tool_calls: [{ id: 'c', type: 'function' as const, function: { name: 'get_weather', arguments: '{}' } }],
        },
        { role: 'tool' as const, tool_call_id: 'c', content: 'sunny' },
      ],
    ],
  ])('is left alone when %s', async (_, choice, messages) => {
    const answer = await client.chat.completions.create({ model, messages, tools: [weather], ...choice })
    expect(answer.choices[0]!.finish_reason).toBe('stop')
  })

  it('never makes an answer longer than its cap', async () => {
    const answer = await client.chat.completions.create({
      model,
      messages: question,
      tools: [weather],
      tool_choice: 'required',
      max_tokens: 1,
    })
    expect(answer.usage!.completion_tokens).toBe(1)
    expect(answer.choices[0]!.finish_reason).toBe('length')
  })
})

describe('a JSON answer', () => {
  it('is an object', async () => {
    const answer = await client.chat.completions.create({
      model,
      messages: question,
      response_format: { type: 'json_object' },
    })
    expect(JSON.parse(answer.choices[0]!.message.content!)).toEqual({ answer: 'answer' })
  })

  it('fits its schema', async () => {
    const schema = { type: 'object', properties: { score: { type: 'number', minimum: 3 } }, required: ['score'] }
    const answer = await client.chat.completions.create({
      model,
      messages: question,
      response_format: { type: 'json_schema', json_schema: { name: 'rating', schema } },
    })
    expect(JSON.parse(answer.choices[0]!.message.content!)).toEqual({ score: 3 })
  })
})

describe('models', () => {
  it('are listed, and found one by one', async () => {
    const names = []
    for await (const { id } of client.models.list()) names.push(id)
    expect(names).toContain('gpt-3.5-turbo')
    expect(await client.models.retrieve('gpt-4o')).toMatchObject({ id: 'gpt-4o', object: 'model' })
    await expect(client.models.retrieve('gpt-none')).rejects.toThrow(OpenAI.NotFoundError)
    expect(simulator.journal.calls).toHaveLength(0)
  })
})

describe('what the vendor does not take', () => {
  it.each([
    ['no JSON', '{"model":', null, null],
    ['no model', { messages: question }, null, null],
    ['no messages', { model }, 'messages', 'missing_required_parameter'],
    ['empty messages', { model, messages: [] }, 'messages', 'empty_array'],
    ['a wrong role', { model, messages: [{ role: 'boss', content: 'Hi' }] }, 'messages[0].role', 'invalid_value'],
    ['a wrong type', { model, messages: question, stream: 'yes' }, 'stream', 'invalid_type'],
    ['a cap of 0', { model, messages: question, max_tokens: 0 }, 'max_tokens', 'integer_below_min_value'],
    ['129 choices', { model, messages: question, n: 129 }, 'n', 'integer_above_max_value'],
    [
      'two caps',
      { model, messages: question, max_tokens: 1, max_completion_tokens: 1 },
      null,
      'invalid_parameter_combination',
    ],
    [
      'stream options without a stream',
      { model, messages: question, stream_options: { include_usage: true } },
      'stream_options',
      null,
    ],
    ['steering that makes no sense', { model: 'gpt-4o;fault=nonsense', messages: question }, null, 'invalid_steering'],
  ])('%s: 400, in the journal with nothing served', async (_, body, param, code) => {
    const response = await post(simulator, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      error: { message: expect.any(String), type: 'invalid_request_error', param, code },
    })
    const [call] = await endedCalls(simulator)
    expect(call).toMatchObject({
      status: 400,
      servedTokens: 0,
      completionTokens: 0,
      reportedUsage: null,
      outcome: 'finished',
    })
  })

  it('a credential that is missing or looks like none: 401', async () => {
    await expect(clientOf(simulator, 'bad').chat.completions.create({ model, messages: question })).rejects.toThrow(
      OpenAI.AuthenticationError,
    )
    const response = await fetch(`${simulator.url}/chat/completions`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(401)
    expect((await endedCalls(simulator)).map(({ credential, status }) => [credential, status])).toEqual([
      ['bad', 401],
      [null, 401],
    ])
  })

  it('an address that it does not have: 404', async () => {
    const response = await fetch(`${simulator.url}/nope`, { headers: { authorization: 'Bearer sim-test' } })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 'unknown_url' } })
  })
})
