import { ApiError, FunctionCallingConfigMode, GoogleGenAI, Type } from '@google/genai'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sayJson } from './support/vendor.ts'
import { deploymentOf, eventually, mountNames, price, secret, startWorld, type World } from './support/world.ts'

const usageMetadata = { promptTokenCount: 8, candidatesTokenCount: 3, thoughtsTokenCount: 5, totalTokenCount: 16 }

function answerOf(parts: object[], more: object = {}) {
  return {
    candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }],
    usageMetadata,
    modelVersion: 'gemini-2.5-flash',
    responseId: 'r1',
    ...more,
  }
}

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

let world: World
let client: GoogleGenAI

async function open(mount: (typeof mountNames)[number]): Promise<void> {
  world = await startWorld(mount)
  const baseUrl = world.vendor.baseUrl.replace(/\/v1$/, '')
  const gemini = { vendor: 'gemini', wire: 'gemini', speaks: ['gemini'], upstreamModel: 'gemini-2.5-flash' } as const
  world.route.deployments = [deploymentOf({ baseUrl }, gemini)]
  client = new GoogleGenAI({ apiKey: secret, httpOptions: { baseUrl: world.baseUrl } })
}

const outcomes = () => world.ledger.entries.map(({ outcome }) => outcome)

describe('the official client of Gemini', () => {
  beforeEach(() => open('node:http'))
  afterEach(() => world.close())

  test('generates: the vendor gets its own credential and model, the books its usage', async () => {
    world.vendor.script = sayJson(answerOf([{ text: 'Hello' }]))
    const answer = await client.models.generateContent({ model: 'gpt-4o', contents: 'Say hello' })
    expect(answer.text).toBe('Hello')
    expect(answer.usageMetadata?.totalTokenCount).toBe(16)
    const [visit] = world.vendor.visits
    expect(visit?.path).toBe('/v1beta/models/gemini-2.5-flash:generateContent')
    expect(visit?.headers['x-goog-api-key']).toBe('sk-vendor-canary')
    expect(JSON.stringify(visit)).not.toContain(secret)
    expect(outcomes()[0]).toMatchObject({
      dialect: 'gemini',
      estimated: false,
      finishReason: 'STOP',
      costNanos: 8n * 2_500n + 8n * 10_000n,
      usage: { inputTokens: 8, outputTokens: 8, reasoningTokens: 5 },
    })
  })

  test('streams: every piece as it comes, the cost with the last', async () => {
    const events = [
      {
        candidates: [{ content: { role: 'model', parts: [{ text: 'Hel' }] }, index: 0 }],
        usageMetadata: { promptTokenCount: 8, totalTokenCount: 8 },
      },
      answerOf([{ text: 'lo' }]),
    ]
    world.vendor.script = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(events.map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`).join(''))
    }
    const stream = await client.models.generateContentStream({ model: 'gpt-4o', contents: 'Say hello' })
    const texts: (string | undefined)[] = []
    let last: unknown
    for await (const chunk of stream) {
      texts.push(chunk.text)
      last = chunk.usageMetadata
    }
    expect(texts).toEqual(['Hel', 'lo'])
    expect(last).toMatchObject({ totalTokenCount: 16, cost: '0.0001' })
    expect(world.vendor.visits[0]?.path).toBe('/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse')
    expect(outcomes()[0]).toMatchObject({ stream: true, usage: { inputTokens: 8, outputTokens: 8 } })
  })

  test('calls a tool and goes on with its result', async () => {
    const call = { functionCall: { name: 'weather', args: { city: 'Oslo' } }, thoughtSignature: 'c2ln' }
    world.vendor.script = sayJson(answerOf([call]))
    const config = {
      tools: [
        {
          functionDeclarations: [
            { name: 'weather', parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING } } } },
          ],
        },
      ],
      toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } },
    }
    const question = { role: 'user', parts: [{ text: 'Weather in Oslo?' }] }
    const first = await client.models.generateContent({ model: 'gpt-4o', contents: [question], config })
    expect(first.functionCalls).toEqual([call.functionCall])

    world.vendor.script = sayJson(answerOf([{ text: 'Cold.' }]))
    const result = { role: 'user', parts: [{ functionResponse: { name: 'weather', response: { degrees: -3 } } }] }
    const said = first.candidates?.[0]?.content ?? {}
    const second = await client.models.generateContent({ model: 'gpt-4o', contents: [question, said, result], config })
    expect(second.text).toBe('Cold.')
    const [, visit] = world.vendor.visits
    expect(visit?.body.contents).toEqual([question, { role: 'model', parts: [call] }, result])
    expect(outcomes()).toHaveLength(2)
  })

  test('shows a picture and asks for JSON', async () => {
    world.vendor.script = sayJson(answerOf([{ text: '{"colour":"red"}' }]))
    const answer = await client.models.generateContent({
      model: 'gpt-4o',
      contents: [{ role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: png } }, { text: 'Colour?' }] }],
      config: {
        responseMimeType: 'application/json',
        responseSchema: { type: Type.OBJECT, properties: { colour: { type: Type.STRING } } },
        maxOutputTokens: 64,
      },
    })
    expect(JSON.parse(answer.text ?? '')).toEqual({ colour: 'red' })
    expect(world.vendor.visits[0]?.body.generationConfig).toMatchObject({ maxOutputTokens: 64 })
  })

  test('counts tokens, which costs nothing', async () => {
    world.vendor.script = sayJson({ totalTokens: 42 })
    expect(await client.models.countTokens({ model: 'gpt-4o', contents: 'Hello' })).toMatchObject({ totalTokens: 42 })
    expect(world.vendor.visits[0]?.path).toBe('/v1beta/models/gemini-2.5-flash:countTokens')
    expect(outcomes()[0]?.costNanos).toBe(0n)
  })

  test('embeds: the model that every text names is the one that was authorised', async () => {
    world.vendor.script = sayJson({ embeddings: [{ values: [1, 2] }, { values: [3, 4] }] })
    const answer = await client.models.embedContent({ model: 'gpt-4o', contents: ['One', 'Two'] })
    expect(answer.embeddings?.map(({ values }) => values)).toEqual([
      [1, 2],
      [3, 4],
    ])
    const requests = world.vendor.visits[0]?.body.requests as { model: string }[]
    expect(requests.map(({ model }) => model)).toEqual(['models/gemini-2.5-flash', 'models/gemini-2.5-flash'])
    expect(outcomes()[0]).toMatchObject({ estimated: true, usage: { outputTokens: 0 } })
    expect(outcomes()[0]?.usage.inputTokens).toBeGreaterThan(0)
  })

  test('lists and finds models in the shape of Google', async () => {
    const pager = await client.models.list()
    expect(pager.page.map(({ name }) => name)).toEqual(['models/gpt-4o', 'models/openai/o3'])
    expect((await client.models.get({ model: 'gpt-4o' })).name).toBe('models/gpt-4o')
  })

  test('hears of an empty budget in the words of Google, and nothing is sent', async () => {
    world.ledger.limitNanos = 1n
    const error = await client.models.generateContent({ model: 'gpt-4o', contents: 'Hi' }).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ApiError)
    expect(error.status).toBe(402)
    const said = JSON.parse(error.message)
    expect(said.error).toMatchObject({
      code: 402,
      status: 'RESOURCE_EXHAUSTED',
      details: [{ reason: 'insufficient_quota' }],
    })
    expect(world.vendor.visits).toEqual([])
  })

  test('leaves in the middle: input and what was written are paid, the vendor is stopped', async () => {
    world.vendor.script = (response) => {
      const event = {
        candidates: [{ content: { parts: [{ text: 'on and on ' }] } }],
        usageMetadata: { promptTokenCount: 8, totalTokenCount: 8 },
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`data: ${JSON.stringify(event)}\r\n\r\n`)
    }
    const abort = new AbortController()
    const config = { abortSignal: abort.signal }
    const stream = await client.models.generateContentStream({ model: 'gpt-4o', contents: 'Go on', config })
    await stream.next()
    abort.abort()
    await stream.next().catch(() => undefined)
    const [entry] = await eventually(() => world.ledger.entries.length > 0 && world.ledger.entries)
    expect(entry?.outcome).toMatchObject({ status: 499, estimated: true })
    expect(entry?.outcome.usage.inputTokens).toBe(8)
    expect(entry?.outcome.usage.outputTokens).toBeGreaterThan(0)
    await eventually(() => world.vendor.cut === 1)
  })
})

describe.each(mountNames)('without a client, on %s', (mount) => {
  beforeEach(() => open(mount))
  afterEach(() => world.close())

  const ask = (body: unknown, path: string, headers: Record<string, string> = {}) =>
    world.send(`${world.baseUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const hello = { contents: [{ parts: [{ text: 'Hi' }] }] }
  const generate = '/v1beta/models/gpt-4o:generateContent'

  test('a key in the query is a key, and goes no further', async () => {
    world.vendor.script = sayJson(answerOf([{ text: 'Hello' }]))
    expect((await ask(hello, `${generate}?key=${secret}`)).status).toBe(200)
    expect(JSON.stringify(world.vendor.visits)).not.toContain(secret)
  })

  test('a stream that is one JSON array stays one, also when the vendor fails in it', async () => {
    const whole = `[${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'a]},{"' }] } }] })}\n,\r\n${JSON.stringify(answerOf([{ text: 'b' }]))}\n]`
    world.vendor.script = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(whole)
    }
    const path = '/v1beta/models/gpt-4o:streamGenerateContent'
    const answer = await ask(hello, path, { 'x-goog-api-key': secret })
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(JSON.parse((await answer.text()).replace(',"cost":"0.0001"', ''))).toEqual(JSON.parse(whole))
    expect(world.vendor.visits[0]?.path).toBe('/v1beta/models/gemini-2.5-flash:streamGenerateContent')
    expect(outcomes()[0]).toMatchObject({ stream: true, finishReason: 'STOP', usage: { outputTokens: 8 } })

    world.vendor.script = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write(whole.slice(0, whole.indexOf('\n,') + 1))
      setTimeout(() => response.destroy(), 20)
    }
    const broken = JSON.parse(await (await ask(hello, path, { 'x-goog-api-key': secret })).text())
    expect(broken).toHaveLength(2)
    expect(broken[1].error.status).toBe('UNAVAILABLE')
  })

  const part = (one: object) => ({ contents: [{ role: 'user', parts: [one] }] })
  const wrong: [what: string, body: unknown, param: string][] = [
    ['no turns', {}, 'contents'],
    ['a wrong role', { contents: [{ role: 'assistant', parts: [{ text: 'Hi' }] }] }, 'contents.0.role'],
    ['parts that are no list', { contents: [{ parts: 'Hi' }] }, 'contents.0.parts'],
    [
      'an image that is none',
      part({ inlineData: { mimeType: 'image/png', data: 'aGVsbG8gd29ybGQ=' } }),
      'contents.0.parts.0.inlineData.data',
    ],
    [
      'an image that is no base64',
      part({ inline_data: { mime_type: 'image/png', data: '%%%' } }),
      'contents.0.parts.0.inlineData.data',
    ],
    [
      'a file of the account',
      part({ fileData: { fileUri: 'gs://bucket/secret.pdf' } }),
      'contents.0.parts.0.fileData.fileUri',
    ],
    [
      'the same by its address',
      part({ fileData: { fileUri: 'https://generativelanguage.googleapis.com/v1beta/files/x' } }),
      'contents.0.parts.0.fileData.fileUri',
    ],
    ['an unknown kind of part', part({ hologram: {} }), 'contents.0.parts.0.hologram'],
    ['tools that are no list', { ...hello, tools: {} }, 'tools'],
    ["the vendor's own search", { ...hello, tools: [{ google_search: {} }] }, 'tools.0.google_search'],
    ["the vendor's own interpreter", { ...hello, tools: [{ codeExecution: {} }] }, 'tools.0.codeExecution'],
    ['a cache of the account', { ...hello, cached_content: 'cachedContents/x' }, 'cached_content'],
    ['a cap that is none', { ...hello, generationConfig: { maxOutputTokens: -1 } }, 'generationConfig.maxOutputTokens'],
    [
      'one field in two spellings',
      { ...hello, generationConfig: { maxOutputTokens: 1, max_output_tokens: 9999 } },
      'maxOutputTokens',
    ],
  ]
  test.each(wrong)('%s is refused with its path, and nothing is sent or charged', async (_, body, param) => {
    const answer = await ask(body, generate, { 'x-goog-api-key': secret })
    const { error } = await answer.json()
    expect({ status: answer.status, param: error.details?.[0]?.metadata.param }).toEqual({ status: 400, param })
    expect(error.status).toBe('INVALID_ARGUMENT')
    expect(world.vendor.visits).toEqual([])
    expect(world.ledger.spentNanos + world.ledger.reservedNanos).toBe(0n)
  })

  test('the same key twice in one object is refused', async () => {
    const answer = await ask('{"contents":[],"contents":[{"parts":[{"text":"Hi"}]}]}', generate, {
      'x-goog-api-key': secret,
    })
    expect(answer.status).toBe(400)
    expect(world.vendor.visits).toEqual([])
  })

  test('thoughts with a budget of their own are bounded beside the cap, and every candidate is paid', async () => {
    world.vendor.script = sayJson(answerOf([{ text: 'Hello' }]))
    const generationConfig = { maxOutputTokens: 100, candidateCount: 3, thinkingConfig: { thinkingBudget: 1000 } }
    await ask({ ...hello, generationConfig }, generate, { 'x-goog-api-key': secret })
    expect(world.ledger.reservations[0]).toBeGreaterThanOrEqual(3n * 1100n * (price.outputPerMtok / 1_000_000n))
  })

  test('a document is bounded by the context of the model', async () => {
    world.vendor.script = sayJson(answerOf([{ text: 'Hello' }]))
    await ask(part({ inlineData: { mimeType: 'application/pdf', data: 'JVBERi0=' } }), generate, {
      'x-goog-api-key': secret,
    })
    expect(world.ledger.reservations[0]).toBeGreaterThanOrEqual(128_000n * 2_500n)
  })

  test('an unknown field of the body is kept', async () => {
    world.vendor.script = sayJson(answerOf([{ text: 'Hello' }]))
    await ask({ ...hello, unheard_of: { of: 1 } }, generate, { 'x-goog-api-key': secret })
    expect(world.vendor.visits[0]?.body).toEqual({ ...hello, unheard_of: { of: 1 } })
  })
})
