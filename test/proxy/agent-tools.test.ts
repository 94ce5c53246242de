import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sayJson, sayStream } from './support/vendor.ts'
import { deploymentOf, startWorld, type World } from './support/world.ts'

const parameters = { type: 'object', properties: { city: { type: 'string' } } }
const own = { type: 'function', name: 'get_weather', parameters, strict: false }
const search = { type: 'web_search', external_web_access: true }
const asked = { model: 'gpt-4o', input: 'Hi', max_output_tokens: 50 }

const response = {
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello.', annotations: [] }] }],
  usage: { input_tokens: 9, output_tokens: 3, total_tokens: 12 },
}
const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5',
  content: [{ type: 'text', text: 'Hello.' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 9, output_tokens: 3 },
}

let world: World

beforeEach(async () => {
  world = await startWorld()
})

afterEach(async () => {
  await world.close()
  expect(world.ledger.reservedNanos).toBe(0n)
})

function speak(name: 'openai-responses' | 'anthropic-messages' | 'gemini' | 'openai-chat'): void {
  const anthropic = { vendor: 'anthropic', wire: 'anthropic', upstreamModel: 'claude-sonnet-4-5' } as const
  const gemini = { vendor: 'gemini', wire: 'gemini', upstreamModel: 'gemini-3-pro-preview' } as const
  const baseUrl = world.vendor.baseUrl.replace(/\/v1$/, '')
  world.route.deployments = [
    name === 'anthropic-messages'
      ? deploymentOf({ baseUrl }, { ...anthropic, speaks: [name] })
      : name === 'gemini'
        ? deploymentOf({ baseUrl }, { ...gemini, speaks: [name] })
        : deploymentOf(world.vendor, { speaks: [name] }),
  ]
}

async function refused(body: object, path: string, param: string): Promise<void> {
  const answer = await world.post(body, { path })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ error: { param } })
  expect(world.vendor.visits).toHaveLength(0)
}

/** A toolbox with which agents begin every step. */
describe('tools of Responses', () => {
  test('a search that is offered among others is left out and said to be, with the same dialect', async () => {
    speak('openai-responses')
    world.vendor.script = sayJson(response)
    const tools = [search, own, { ...search, type: 'web_search_preview' }]
    const answer = await world.post({ ...asked, tools, tool_choice: 'auto' }, { path: '/v1/responses' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-stipend-dropped')).toBe('tools.0, tools.2')
    expect(world.vendor.visits[0]?.body.tools).toEqual([own])
  })

  test('and with another one, where what follows keeps its place', async () => {
    speak('anthropic-messages')
    world.vendor.script = sayJson(message)
    const answer = await world.post({ ...asked, tools: [search, own] }, { path: '/v1/responses' })
    expect(answer.headers.get('x-stipend-dropped')).toBe('tools.0')
    expect(world.vendor.visits[0]?.body.tools).toMatchObject([{ name: 'get_weather' }])
    world.vendor.visits.length = 0
    const custom = { type: 'custom', name: 'sql' }
    await refused({ ...asked, tools: [search, own, custom] }, '/v1/responses', 'tools.2.type')
  })

  test.each([
    ['all there is', { tools: [search] }, 'tools.0.type'],
    ['forced', { tools: [own, search], tool_choice: { type: 'web_search' } }, 'tools.1.type'],
    ['one that has to be used', { tools: [own, search], tool_choice: 'required' }, 'tools.1.type'],
    ['given later', { input: [{ type: 'additional_tools', tools: [own, search] }] }, 'input.0.tools.1.type'],
    ['in a namespace', { tools: [own, { type: 'namespace', name: 'web', tools: [search] }] }, 'tools.1.tools.0.type'],
  ])('a search that is %s is refused', async (_, fields, param) => {
    speak('openai-responses')
    await refused({ ...asked, ...fields }, '/v1/responses', param)
  })

  test('a search for tools is the caller’s to run, or refused', async () => {
    speak('openai-responses')
    world.vendor.script = sayJson(response)
    const finder = { type: 'tool_search', execution: 'client', description: 'Finds tools', parameters }
    const input = [
      { type: 'additional_tools', role: 'developer', tools: [own] },
      { role: 'user', content: 'Hi' },
      { type: 'tool_search_call', call_id: 'call_1', execution: 'client', arguments: { query: 'x' } },
      { type: 'tool_search_output', call_id: 'call_1', execution: 'client', tools: [own] },
    ]
    expect((await world.post({ ...asked, tools: [finder], input }, { path: '/v1/responses' })).status).toBe(200)
    expect(world.vendor.visits[0]?.body).toMatchObject({ tools: [finder], input })
    world.vendor.visits.length = 0
    await refused({ ...asked, tools: [{ type: 'tool_search' }] }, '/v1/responses', 'tools.0.type')
  })

  test('tools that come in the middle are tools before a vendor of another dialect', async () => {
    speak('anthropic-messages')
    world.vendor.script = sayJson({
      ...message,
      content: [{ type: 'tool_use', id: 'toolu_1', name: 'sky__get_weather', input: { city: 'Paris' } }],
      stop_reason: 'tool_use',
    })
    const tools = [{ type: 'namespace', name: 'sky', tools: [own] }]
    const input = [
      { type: 'additional_tools', role: 'developer', tools },
      { role: 'user', content: 'Hi' },
    ]
    const answer = await world.post({ ...asked, input }, { path: '/v1/responses' })
    expect(world.vendor.visits[0]?.body.tools).toMatchObject([{ name: 'sky__get_weather', input_schema: parameters }])
    expect(await answer.json()).toMatchObject({
      output: [{ type: 'function_call', name: 'get_weather', namespace: 'sky' }],
    })
  })
})

describe('tools of Messages that are deferred', () => {
  const tool = { name: 'get_weather', input_schema: parameters }
  const finder = { name: 'find_tools', input_schema: { type: 'object', properties: {} } }
  const later = { ...tool, defer_loading: true }
  const talk = [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'find_tools', input: {} }] },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'toolu_1',
          content: [{ type: 'tool_reference', tool_name: 'get_weather' }],
        },
      ],
    },
  ]
  const messages = { model: 'gpt-4o', max_tokens: 50 }

  test('are there for a vendor of another dialect once they are found', async () => {
    speak('openai-chat')
    const ask = (more: object) => world.post({ ...messages, ...more }, { path: '/v1/messages' })
    expect((await ask({ tools: [finder, later], messages: talk.slice(0, 1) })).status).toBe(200)
    expect((await ask({ tools: [finder, later], messages: talk })).status).toBe(200)
    const named = world.vendor.visits.map(({ body }) =>
      (body.tools as { function: { name: string } }[]).map((one) => one.function.name),
    )
    expect(named).toEqual([['find_tools'], ['find_tools', 'get_weather']])
    expect(world.vendor.visits[1]?.body.messages).toMatchObject([
      {},
      {},
      { role: 'tool', content: 'get_weather can be called now.' },
    ])
  })

  test('pass as they are to their own', async () => {
    speak('anthropic-messages')
    world.vendor.script = sayJson(message)
    const body = { ...messages, tools: [finder, later], messages: talk }
    expect((await world.post(body, { path: '/v1/messages' })).status).toBe(200)
    expect(world.vendor.visits[0]?.body).toMatchObject({ tools: [finder, later], messages: talk })
  })
})

test.each(['parametersJsonSchema', 'parameters'])(
  'Google’s spelling of a schema in %s is JSON schema elsewhere',
  async (field) => {
    speak('openai-chat')
    const schema = {
      type: 'OBJECT',
      properties: {
        type: { type: 'STRING', enum: ['STRING'], nullable: true },
        nullable: { type: 'ARRAY', items: { type: ['INTEGER', 'NULL'] } },
      },
      required: ['type'],
      default: { type: 'STRING' },
    }
    const contents = [{ role: 'user', parts: [{ text: 'Hi' }] }]
    const tools = [{ functionDeclarations: [{ name: 'file', [field]: schema }] }]
    await world.post({ contents, tools }, { path: '/v1beta/models/gpt-4o:generateContent' })
    const [sent] = world.vendor.visits[0]!.body.tools as { function: { parameters: unknown } }[]
    expect(sent?.function.parameters).toEqual({
      type: 'object',
      properties: {
        type: { type: ['string', 'null'], enum: ['STRING'] },
        nullable: { type: 'array', items: { type: ['integer', 'null'] } },
      },
      required: ['type'],
      default: { type: 'STRING' },
    })
  },
)

test('a message ends with what is said, also where Google signs it afterwards', async () => {
  speak('gemini')
  const part = (fields: object, more = {}) => ({
    candidates: [{ content: { role: 'model', parts: [fields] }, index: 0, ...more }],
    usageMetadata: { promptTokenCount: 8, candidatesTokenCount: 3, totalTokenCount: 11 },
  })
  world.vendor.script = sayStream([
    part({ text: 'Hello.' }),
    part({ text: '', thoughtSignature: 'c2VhbA==' }, { finishReason: 'STOP' }),
  ])
  const thinking = { type: 'enabled', budget_tokens: 1024 }
  const body = {
    model: 'gpt-4o',
    max_tokens: 2000,
    thinking,
    stream: true,
    messages: [{ role: 'user', content: 'Hi' }],
  }
  const answer = await world.post(body, { path: '/v1/messages' })
  const blocks = (await answer.text()).match(/"content_block":\{"type":"\w+"/g)
  expect(blocks).toEqual(['"content_block":{"type":"text"'])
})
