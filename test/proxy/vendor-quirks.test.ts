import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { vendors } from '#lib/providers/vendors.ts'
import { chunkOf, helloEvents, sayHello, sayStream } from './support/vendor.ts'
import { deploymentOf, routeOf, startWorld, type World } from './support/world.ts'

let world: World
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world.close())

const question = { role: 'user', content: 'Hi' }

/** What a vendor is sent for a chat. */
async function sent(vendor: string, body: object, upstreamModel = 'a-model'): Promise<Record<string, unknown>> {
  world.route = routeOf('gpt-4o', [deploymentOf(world.vendor, { vendor, upstreamModel })])
  const response = await world.post({ model: 'gpt-4o', messages: [question], ...body })
  expect(response.status).toBe(200)
  await response.text()
  return world.vendor.visits.at(-1)!.body
}

/** What a vendor is sent for a message of Anthropic's, and what the caller is told was left out. */
async function asked(vendor: string, body: object, upstreamModel: string) {
  world.route = routeOf('gpt-4o', [deploymentOf(world.vendor, { vendor, upstreamModel })])
  const message = { model: 'gpt-4o', max_tokens: 9000, messages: [question], ...body }
  const headers = { 'anthropic-version': '2023-06-01' }
  const response = await world.post(message, { path: '/v1/messages', headers })
  expect(response.status).toBe(200)
  await response.text()
  return { body: world.vendor.visits.at(-1)!.body, dropped: response.headers.get('x-stipend-dropped') }
}

const asksForUsage = { stream_options: { include_usage: true } }

describe('the cap of an answer', () => {
  test.each(['deepseek', 'qwen', 'moonshot', 'zhipu', 'siliconflow', 'mistral', 'cohere', 'ollama'])(
    '%s is told by the older name, the only one that it knows',
    async (vendor) => {
      const body = await sent(vendor, { max_completion_tokens: 50 })
      expect(body).toMatchObject({ max_tokens: 50 })
      expect(body).not.toHaveProperty('max_completion_tokens')
    },
  )

  test.each(['openai', 'azure', 'groq', 'xai', 'openrouter', 'vllm', 'volcengine', 'minimax', 'openai-compatible'])(
    '%s is told as the caller wrote it',
    async (vendor) => {
      expect(await sent(vendor, { max_completion_tokens: 50 })).toMatchObject({ max_completion_tokens: 50 })
      expect(await sent(vendor, { max_tokens: 50 })).toMatchObject({ max_tokens: 50 })
    },
  )
})

describe('the usage of a stream', () => {
  const refusing = vendors.filter(({ id }) => id === 'mistral').map(({ id }) => id)
  const asking = vendors.filter(({ wire, id }) => wire === 'openai' && id !== 'mistral').map(({ id }) => id)

  test.each(asking)('%s is asked for it', async (vendor) => {
    expect(await sent(vendor, { stream: true })).toMatchObject(asksForUsage)
  })

  test.each(refusing)('%s tells it unasked, and refuses to be asked', async (vendor) => {
    // On the last chunk with words, as Mistral does.
    const usage = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 }
    const last = chunkOf({}, { choices: [{ index: 0, delta: { content: '' }, finish_reason: 'stop' }], usage })
    world.vendor.script = sayStream([...helloEvents.slice(0, 4), last, '[DONE]'])
    for (const more of [{}, asksForUsage]) {
      expect(await sent(vendor, { stream: true, ...more })).not.toHaveProperty('stream_options')
      expect(world.ledger.entries.at(-1)?.outcome).toMatchObject({
        estimated: false,
        usage: { inputTokens: 9, outputTokens: 3 },
      })
    }
  })
})

test.each(['deepseek', 'qwen', 'moonshot', 'zhipu', 'siliconflow', 'volcengine', 'minimax', 'mistral'])(
  '%s, which knows no developer, hears the system instead',
  async (vendor) => {
    const messages = [{ role: 'developer', content: 'Be brief.' }, question]
    expect(await sent(vendor, { messages })).toMatchObject({
      messages: [{ role: 'system', content: 'Be brief.' }, question],
    })
    expect(await sent('openai', { messages })).toMatchObject({ messages })
  },
)

describe('Mistral', () => {
  test('takes calls of tools from anywhere: their ids have nine letters and digits, and still match', async () => {
    const messages = [
      question,
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'call_0fypS1hVXabcdef', type: 'function', function: { name: 'a', arguments: '{}' } },
          { id: 'D681PevKs', type: 'function', function: { name: 'b', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call_0fypS1hVXabcdef', content: 'one' },
      { role: 'tool', tool_call_id: 'D681PevKs', content: 'two' },
    ]
    const body = await sent('mistral', { messages })
    const [, assistant, one, two] = body.messages as Record<string, unknown>[]
    const ids = ((assistant?.tool_calls ?? []) as { id: string }[]).map(({ id }) => id)
    expect(ids[0]).toMatch(/^[a-zA-Z0-9]{9}$/)
    expect([one?.tool_call_id, two?.tool_call_id]).toEqual(ids)
    // What Mistral named itself keeps its name, and no other vendor is concerned.
    expect(ids[1]).toBe('D681PevKs')
    expect(await sent('openai', { messages })).toMatchObject({ messages })
  })

  test('is told the seed by its own name', async () => {
    const body = await sent('mistral', { seed: 7 })
    expect(body).toMatchObject({ random_seed: 7 })
    expect(body).not.toHaveProperty('seed')
  })
})

describe('Qwen', () => {
  test('does not think in an answer that is no stream, unless the caller says otherwise', async () => {
    expect(await sent('qwen', {}, 'qwen3-32b')).toMatchObject({ enable_thinking: false })
    expect(await sent('qwen', { enable_thinking: true }, 'qwen3-32b')).toMatchObject({ enable_thinking: true })
    expect(await sent('qwen', { stream: true }, 'qwen3-32b')).not.toHaveProperty('enable_thinking')
    for (const model of ['qwen-plus', 'qwen3-235b-a22b-thinking-2507', 'qwen3-30b-a3b-instruct-2507', 'qwen3-max']) {
      expect(await sent('qwen', {}, model)).not.toHaveProperty('enable_thinking')
    }
  })

  test('is told to think, and is not where it would refuse', async () => {
    const thinking = { type: 'enabled', budget_tokens: 2000 }
    const streamed = await asked('qwen', { thinking, stream: true }, 'qwen3-32b')
    expect(streamed.body).toMatchObject({ enable_thinking: true, thinking_budget: 2000 })
    const whole = await asked('qwen', { thinking }, 'qwen3-32b')
    expect(whole.body).toMatchObject({ enable_thinking: false })
    expect(whole.dropped).toBe('thinking')
  })
})

describe('thinking that is asked for in the words of Anthropic', () => {
  const on = { type: 'enabled', budget_tokens: 2000 }

  test.each([
    ['deepseek', 'deepseek-chat', { thinking: { type: 'enabled' } }],
    ['zhipu', 'glm-4.6', { thinking: { type: 'enabled' } }],
    ['moonshot', 'kimi-k2.5', { thinking: { type: 'enabled' } }],
    ['volcengine', 'doubao-seed-1-6-250615', { thinking: { type: 'enabled' } }],
    ['siliconflow', 'Qwen/Qwen3-32B', { enable_thinking: true, thinking_budget: 2000 }],
    ['vllm', 'Qwen/Qwen3-32B', { chat_template_kwargs: { enable_thinking: true } }],
    ['openrouter', 'anthropic/claude-sonnet-4.5', { reasoning: { max_tokens: 2000 } }],
    ['groq', 'openai/gpt-oss-120b', { reasoning_effort: 'low' }],
    ['xai', 'grok-3-mini', { reasoning_effort: 'low' }],
  ])('is put to %s (%s) in its own', async (vendor, model, fields) => {
    const { body, dropped } = await asked(vendor, { thinking: on }, model)
    expect(body).toMatchObject(fields)
    expect(dropped).toBeNull()
  })

  test.each([
    ['moonshot', 'moonshot-v1-8k'],
    ['mistral', 'mistral-large-latest'],
    ['ollama', 'llama3.2'],
  ])('is left out for %s (%s), which cannot be told', async (vendor, model) => {
    const { body, dropped } = await asked(vendor, { thinking: on }, model)
    for (const field of ['thinking', 'enable_thinking', 'reasoning', 'reasoning_effort'])
      expect(body).not.toHaveProperty(field)
    expect(dropped).toBe('thinking')
  })
})

describe('usage as vendors tell it', () => {
  const answer = (more: object) => ({
    id: 'a',
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
    ...more,
  })

  test.each([
    [
      'deepseek',
      { usage: { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25, prompt_cache_hit_tokens: 16 } },
      { inputTokens: 20, cachedTokens: 16, outputTokens: 5 },
    ],
    [
      'groq',
      { x_groq: { id: 'req', usage: { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 } } },
      { inputTokens: 20, outputTokens: 5 },
    ],
    [
      'moonshot',
      { usage: { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25, cached_tokens: 10 } },
      { inputTokens: 20, cachedTokens: 10, outputTokens: 5 },
    ],
    [
      'xai',
      {
        usage: {
          prompt_tokens: 20,
          completion_tokens: 5,
          total_tokens: 125,
          completion_tokens_details: { reasoning_tokens: 100 },
        },
      },
      { inputTokens: 20, outputTokens: 105, reasoningTokens: 100 },
    ],
  ])('by %s is read', async (vendor, more, usage) => {
    world.vendor.script = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(more)))
    }
    await sent(vendor, {})
    expect(world.ledger.entries.at(-1)?.outcome).toMatchObject({ estimated: false, usage })
    world.vendor.script = sayHello
  })
})
