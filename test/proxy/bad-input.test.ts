import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hello, sayJson } from './support/vendor.ts'
import { deploymentOf, startWorld, type World } from './support/world.ts'

const text = Buffer.from('This is a text.').toString('base64')
const pdf = Buffer.from('%PDF-1.7 and so on').toString('base64')
const schema = { type: 'object', properties: {} }
const said = [{ role: 'user', content: 'Hi' }]
const shown = (part: object) => [{ role: 'user', content: [part] }]
const contents = [{ role: 'user', parts: [{ text: 'Hi' }] }]
const parts = (part: object) => [{ role: 'user', parts: [part] }]
const fn = { type: 'function', function: { name: 'add', parameters: schema } }
const own = { name: 'add', input_schema: schema }
const declared = { functionDeclarations: [{ name: 'add', parameters: { type: 'OBJECT', properties: {} } }] }

interface Dialect {
  path: string
  body: object
  wrong: [what: string, fields: object, param: string][]
}

const dialects: Record<string, Dialect> = {
  chat: {
    path: '/v1/chat/completions',
    body: { model: 'gpt-4o', messages: said },
    wrong: [
      ['a function without a name', { tools: [{ type: 'function', function: {} }] }, 'tools.0.function.name'],
      [
        'a schema that is text',
        { tools: [{ type: 'function', function: { name: 'add', parameters: 'x' } }] },
        'tools.0.function.parameters',
      ],
      ['a call that has to be, of nothing', { tool_choice: 'required' }, 'tool_choice'],
      [
        'a call of what is not there',
        { tools: [fn], tool_choice: { type: 'function', function: { name: 'sub' } } },
        'tool_choice.function.name',
      ],
      ['a temperature in words', { temperature: 'hot' }, 'temperature'],
      ['stops that are numbers', { stop: [1] }, 'stop'],
      ['a format without a type', { response_format: {} }, 'response_format.type'],
      ['a schema that is not there', { response_format: { type: 'json_schema' } }, 'response_format.json_schema'],
      ['text without text', { messages: shown({ type: 'text' }) }, 'messages.0.content.0.text'],
      ['a picture of nothing', { messages: shown({ type: 'image_url' }) }, 'messages.0.content.0.image_url.url'],
      ['what is neither', { parallel_tool_calls: 'yes' }, 'parallel_tool_calls'],
      [
        'a picture elsewhere than in the web',
        { messages: shown({ type: 'image_url', image_url: { url: 'file:///etc/passwd' } }) },
        'messages.0.content.0.image_url.url',
      ],
      [
        'a file of the vendor’s',
        { messages: shown({ type: 'file', file: { file_id: 'file-1' } }) },
        'messages.0.content.0.file.file_id',
      ],
      ['a file that is none', { messages: shown({ type: 'file', file: {} }) }, 'messages.0.content.0.file.file_data'],
      [
        'a PDF that is none',
        { messages: shown({ type: 'file', file: { file_data: `data:application/pdf;base64,${text}` } }) },
        'messages.0.content.0.file.file_data',
      ],
    ],
  },
  messages: {
    path: '/v1/messages',
    body: { model: 'gpt-4o', max_tokens: 50, messages: said },
    wrong: [
      ['a schema that is text', { tools: [{ name: 'add', input_schema: 'x' }] }, 'tools.0.input_schema'],
      ['a call that has to be, of nothing', { tool_choice: { type: 'any' } }, 'tool_choice.type'],
      ['a call of what is not there', { tools: [own], tool_choice: { type: 'tool', name: 'sub' } }, 'tool_choice.name'],
      ['a choice in one word', { tools: [own], tool_choice: 'auto' }, 'tool_choice'],
      ['stops that are no list', { stop_sequences: 'x' }, 'stop_sequences'],
      ['a temperature in words', { temperature: 'hot' }, 'temperature'],
      ['text without text', { messages: shown({ type: 'text' }) }, 'messages.0.content.0.text'],
      ['a picture of nothing', { messages: shown({ type: 'image' }) }, 'messages.0.content.0.source'],
      [
        'a picture elsewhere than in the web',
        { messages: shown({ type: 'image', source: { type: 'url', url: 'ftp://x.example/a.png' } }) },
        'messages.0.content.0.source.url',
      ],
      [
        'a PDF that is none',
        {
          messages: shown({ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: text } }),
        },
        'messages.0.content.0.source.data',
      ],
    ],
  },
  responses: {
    path: '/v1/responses',
    body: { model: 'gpt-4o', input: 'Hi' },
    wrong: [
      ['a function without a name', { tools: [{ type: 'function', parameters: schema }] }, 'tools.0.name'],
      ['a schema that is text', { tools: [{ type: 'function', name: 'add', parameters: 'x' }] }, 'tools.0.parameters'],
      ['a call that has to be, of nothing', { tool_choice: 'required' }, 'tool_choice'],
      [
        'a call of what is not there',
        { tools: [{ type: 'function', name: 'add' }], tool_choice: { type: 'function', name: 'sub' } },
        'tool_choice.name',
      ],
      ['a temperature in words', { temperature: 'hot' }, 'temperature'],
      ['a format without a type', { text: { format: {} } }, 'text.format.type'],
      [
        'an answer’s schema that is text',
        { text: { format: { type: 'json_schema', name: 'x', schema: 'y' } } },
        'text.format.schema',
      ],
      ['a role that nobody has', { input: [{ role: 'robot', content: 'Hi' }] }, 'input.0.role'],
      ['a message of nobody’s', { input: [{ content: 'Hi' }] }, 'input.0.role'],
      ['text without text', { input: shown({ type: 'input_text' }) }, 'input.0.content.0.text'],
      ['a picture of nothing', { input: shown({ type: 'input_image' }) }, 'input.0.content.0.image_url'],
      ['a file of nothing', { input: shown({ type: 'input_file' }) }, 'input.0.content.0.file_data'],
      [
        'a result that is an object',
        { input: [{ type: 'function_call_output', call_id: 'a', output: { a: 1 } }] },
        'input.0.output',
      ],
      [
        'a PDF that is none',
        { input: shown({ type: 'input_file', file_data: `data:application/pdf;base64,${text}` }) },
        'input.0.content.0.file_data',
      ],
    ],
  },
  gemini: {
    path: '/v1beta/models/gpt-4o:generateContent',
    body: { contents },
    wrong: [
      ['a function without a name', { tools: [{ functionDeclarations: [{}] }] }, 'tools.0.functionDeclarations.0.name'],
      [
        'a schema that is text',
        { tools: [{ function_declarations: [{ name: 'add', parameters: 'x' }] }] },
        'tools.0.function_declarations.0.parameters',
      ],
      [
        'a call that has to be, of nothing',
        { toolConfig: { functionCallingConfig: { mode: 'ANY' } } },
        'toolConfig.functionCallingConfig.mode',
      ],
      [
        'a call of what is not there',
        { tools: [declared], toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['sub'] } } },
        'toolConfig.functionCallingConfig.allowedFunctionNames',
      ],
      ['a temperature in words', { generationConfig: { temperature: 'hot' } }, 'generationConfig.temperature'],
      ['stops that are no list', { generationConfig: { stopSequences: 'x' } }, 'generationConfig.stopSequences'],
      [
        'a PDF that is none',
        { contents: parts({ inlineData: { mimeType: 'application/pdf', data: text } }) },
        'contents.0.parts.0.inlineData.data',
      ],
    ],
  },
}

let world: World

beforeEach(async () => {
  world = await startWorld()
})

afterEach(async () => {
  await world.close()
  expect(world.ledger.reservedNanos).toBe(0n)
})

const anthropic = { vendor: 'anthropic', wire: 'anthropic', upstreamModel: 'claude-sonnet-4-5' } as const
const rows = Object.entries(dialects).flatMap(([name, { path, body, wrong }]) =>
  wrong.map(([what, fields, param]) => [what, name, path, { ...body, ...fields }, param] as const),
)

test.each(rows)(
  '%s in %s is refused with its path, and nothing is sent or charged',
  async (_, name, path, body, param) => {
    const baseUrl = world.vendor.baseUrl.replace(/\/v1$/, '')
    const vendors = [
      deploymentOf(world.vendor, { speaks: ['openai-chat', 'openai-responses'] }),
      deploymentOf({ baseUrl }, { ...anthropic, speaks: ['anthropic-messages'] }),
      deploymentOf(
        { baseUrl },
        { vendor: 'gemini', wire: 'gemini', speaks: ['gemini'], upstreamModel: 'gemini-2.5-pro' },
      ),
    ]
    for (const vendor of vendors) {
      world.route.deployments = [vendor]
      const answer = await world.post(body, { path })
      expect(answer.status).toBe(400)
      const { error } = (await answer.json()) as { error: { param?: string; details?: { metadata: object }[] } }
      if (name === 'gemini') expect(error.details?.[0]?.metadata).toEqual({ param })
      else expect(error).toMatchObject({ param })
    }
    expect(world.vendor.visits).toHaveLength(0)
    expect(world.ledger.reservations).toHaveLength(0)
    expect(world.ledger.spentNanos).toBe(0n)
  },
)

describe('a PDF in a chat', () => {
  const file = { type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${pdf}` } }
  const body = { model: 'gpt-4o', max_tokens: 50, messages: shown(file) }

  test('passes as it is, with a whole context reserved', async () => {
    world.vendor.script = sayJson(hello)
    expect((await world.post(body)).status).toBe(200)
    expect(world.vendor.visits[0]?.body.messages).toEqual(body.messages)
    // 128,000 tokens of input at $2.50, 50 of output at $10.
    expect(world.ledger.reservations).toEqual([128_000n * 2_500n + 50n * 10_000n])
  })

  test('is a document to a vendor of another dialect', async () => {
    const baseUrl = world.vendor.baseUrl.replace(/\/v1$/, '')
    world.route.deployments = [deploymentOf({ baseUrl }, { ...anthropic, speaks: ['anthropic-messages'] })]
    const usage = { input_tokens: 9, output_tokens: 3 }
    const content = [{ type: 'text', text: 'Hello.' }]
    world.vendor.script = sayJson({ type: 'message', role: 'assistant', content, stop_reason: 'end_turn', usage })
    expect((await world.post(body)).status).toBe(200)
    const source = { type: 'base64', media_type: 'application/pdf', data: pdf }
    expect(world.vendor.visits[0]?.body.messages).toMatchObject([
      { role: 'user', content: [{ type: 'document', source, title: 'a.pdf' }] },
    ])
  })
})

test('very many fields that are left out are as many as a header holds, and a number', async () => {
  const baseUrl = world.vendor.baseUrl.replace(/\/v1$/, '')
  world.route.deployments = [deploymentOf({ baseUrl }, { ...anthropic, speaks: ['anthropic-messages'] })]
  const usage = { input_tokens: 9, output_tokens: 3 }
  const content = [{ type: 'text', text: 'Hello.' }]
  world.vendor.script = sayJson({ type: 'message', role: 'assistant', content, stop_reason: 'end_turn', usage })
  const messages = Array.from({ length: 500 }, () => ({ role: 'user', content: 'Hi', mood: 'glad', 'wörd\n': 1 }))
  const answer = await world.post({ model: 'gpt-4o', messages })
  expect(answer.status).toBe(200)
  const dropped = answer.headers.get('x-stipend-dropped') ?? ''
  expect(dropped).toMatch(/^messages\.0\.mood, messages\.0\.w%C3%B6rd%0A, messages\.1\.mood, .+, and \d+ more$/)
  const [, more] = /and (\d+) more$/.exec(dropped) ?? []
  expect(dropped.split(', ').length - 1 + Number(more)).toBe(1000)
})
