import { ApiError, type Content, GoogleGenAI } from '@google/genai'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { endedCalls } from './support.ts'

const model = 'gemini-3-pro-preview'
const weather = {
  name: 'get_weather',
  parametersJsonSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}
const clock = { name: 'get_time', parametersJsonSchema: { type: 'object', properties: { zone: { type: 'string' } } } }
const config = { tools: [{ functionDeclarations: [weather, clock] }] }
const result = (name: string) => ({ functionResponse: { name, response: { output: 'fine' } } })
const asked = { role: 'user', parts: [{ text: 'Call get_weather and get_time, then get_time.' }] }

let simulator: Simulator
let client: GoogleGenAI

beforeAll(async () => {
  simulator = await startSimulator()
  client = clientOf('sim-test')
})

afterAll(() => simulator.close())

afterEach(() => {
  simulator.control.reset()
  simulator.journal.reset()
})

function clientOf(apiKey: string): GoogleGenAI {
  return new GoogleGenAI({ apiKey, httpOptions: { baseUrl: simulator.url.replace(/\/v1$/, '') } })
}

function refusalOf(contents: Content[], more: object = {}): Promise<ApiError> {
  return client.models.generateContent({ model, contents, config: { ...config, ...more } }).then(
    () => {
      throw new Error('it was not refused')
    },
    (error) => error,
  )
}

function post(method: string, body: object): Promise<Response> {
  const base = simulator.url.replace(/\/v1$/, '/v1beta')
  return fetch(`${base}/models/${model}:${method}`, {
    method: 'POST',
    headers: { 'x-goog-api-key': 'sim-test', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function stream(query: string): Promise<string> {
  const contents = [{ role: 'user', parts: [{ text: 'What is a budget?' }] }]
  return await (await post(`streamGenerateContent${query}`, { contents })).text()
}

describe('an answer of Gemini', () => {
  it('is what the client expects, and its usage is what the journal says', async () => {
    simulator.control.set({ cachedTokens: 3, reasoningTokens: 11 })
    const answer = await client.models.generateContent({
      model,
      contents: 'What is the capital of France?',
      config: { thinkingConfig: { includeThoughts: true, thinkingLevel: 'LOW' as never } },
    })
    expect(answer.text).toContain('Paris')
    expect(answer.candidates?.[0]).toMatchObject({
      finishReason: 'STOP',
      content: { role: 'model', parts: [{ thought: true, text: expect.stringMatching(/think/) }, {}] },
    })
    const [call] = await endedCalls(simulator)
    expect(call).toMatchObject({
      id: answer.responseId,
      path: `/v1beta/models/${model}:generateContent`,
      credential: 'sim-test',
      promptTokens: countTokens('What is the capital of France?') + 7,
      cachedTokens: 3,
      reasoningTokens: 11,
      servedTokens: countTokens(answer.text ?? '') + 11,
      outcome: 'finished',
    })
    expect(answer.usageMetadata).toMatchObject({
      promptTokenCount: call?.promptTokens,
      cachedContentTokenCount: 3,
      candidatesTokenCount: (call?.servedTokens ?? 0) - 11,
      thoughtsTokenCount: 11,
      totalTokenCount: (call?.promptTokens ?? 0) + (call?.servedTokens ?? 0),
    })
  })

  it('streams the same words, as events and as an array', async () => {
    const whole = await client.models.generateContent({ model, contents: 'What is a budget?' })
    let text = ''
    let tokens: number | undefined
    for await (const piece of await client.models.generateContentStream({ model, contents: 'What is a budget?' })) {
      text += piece.text ?? ''
      tokens = piece.usageMetadata?.totalTokenCount
    }
    expect(text).toBe(whole.text)
    expect(tokens).toBe(whole.usageMetadata?.totalTokenCount)
    const events = (await stream('?alt=sse')).split('\r\n\r\n').filter(Boolean)
    const elements: unknown[] = JSON.parse(await stream(''))
    expect(elements).toHaveLength(events.length)
    const withoutId = (value: object) => ({ ...value, responseId: '' })
    expect(elements.map((one) => withoutId(one as object))).toEqual(
      events.map((event) => withoutId(JSON.parse(event.slice('data: '.length)))),
    )
  })

  it('stops at its cap, has several candidates, and answers in JSON of a schema in capitals', async () => {
    simulator.control.set({ outputTokens: 50 })
    const cut = await client.models.generateContent({
      model,
      contents: 'Hi',
      config: { maxOutputTokens: 9, candidateCount: 2 },
    })
    expect(cut.candidates?.map(({ finishReason }) => finishReason)).toEqual(['MAX_TOKENS', 'MAX_TOKENS'])
    expect(cut.usageMetadata?.candidatesTokenCount).toBe(18)
    simulator.control.reset()
    const responseSchema = { type: 'OBJECT' as never, properties: { score: { type: 'INTEGER' as never } } }
    const json = await client.models.generateContent({
      model,
      contents: 'Hi',
      config: { responseMimeType: 'application/json', responseSchema },
    })
    expect(JSON.parse(json.text ?? '')).toEqual({ score: 1 })
  })

  it('counts tokens for nothing, and embeds the same text in the same place', async () => {
    const { totalTokens } = await client.models.countTokens({ model, contents: 'What is a budget?' })
    expect(totalTokens).toBe(countTokens('What is a budget?') + 7)
    const ask = { model: 'gemini-embedding-001', config: { outputDimensionality: 8 } }
    const { embeddings } = await client.models.embedContent({ ...ask, contents: ['One', 'Two words', 'One'] })
    expect(embeddings).toHaveLength(3)
    expect(embeddings?.[0]?.values).toHaveLength(8)
    expect(embeddings?.[2]).toEqual(embeddings?.[0])
    expect(embeddings?.[1]).not.toEqual(embeddings?.[0])
    expect((await endedCalls(simulator)).map((call) => [call.promptTokens, call.servedTokens])).toEqual([
      [0, 0],
      [4, 0],
    ])
  })

  it('calls tools at once and in steps, the first of each step signed', async () => {
    const contents: Content[] = [asked]
    const steps: (string | undefined)[][] = []
    for (;;) {
      const { candidates } = await client.models.generateContent({ model, contents, config })
      const said = candidates![0]!.content!
      const calls = said.parts!.flatMap(({ functionCall }) => functionCall ?? [])
      if (calls.length === 0) break
      expect(said.parts!.map(({ thoughtSignature }) => thoughtSignature !== undefined)).toEqual(
        calls.map((_, index) => index === 0),
      )
      steps.push(calls.map(({ name }) => name))
      contents.push(said, { role: 'user', parts: calls.map(({ name }) => result(name!)) })
    }
    expect(steps).toEqual([['get_weather', 'get_time'], ['get_time']])
  })
})

describe('Gemini refuses', () => {
  let said: Content

  beforeAll(async () => {
    const { candidates } = await client.models.generateContent({ model, contents: [asked], config })
    said = candidates![0]!.content!
  })

  const answered = { role: 'user', parts: [result('get_weather'), result('get_time')] }
  const sealed = (thoughtSignature: string | undefined): Content => {
    const [{ thoughtSignature: _, ...first }, ...rest] = said.parts! as [Record<string, unknown>]
    return {
      role: 'model',
      parts: [{ ...first, ...(thoughtSignature !== undefined && { thoughtSignature }) }, ...rest],
    }
  }

  it('a call without the signature of its thought, but not the dummy of somebody who has none', async () => {
    const error = await refusalOf([asked, sealed(undefined), answered])
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 400, message: expect.stringContaining('missing a thought_signature') })
    const dummy = sealed('skip_thought_signature_validator')
    const { candidates } = await client.models.generateContent({ model, contents: [asked, dummy, answered], config })
    expect(candidates).toHaveLength(1)
  })

  it('a signature that was changed, or stands on another call', async () => {
    const changed = Buffer.from('another thought').toString('base64')
    expect((await refusalOf([asked, sealed(changed), answered])).message).toContain('Corrupted thought signature')
    expect((await refusalOf([asked, sealed('stp1.no base64'), answered])).message).toContain('thoughtSignature')
    const [first, second] = said.parts!
    const swapped = { role: 'model', parts: [{ ...second!, thoughtSignature: first!.thoughtSignature! }, first!] }
    expect((await refusalOf([asked, swapped, answered])).message).toContain('Corrupted thought signature')
  })

  it.each<[string, (answer: Content) => Content[], RegExp]>([
    [
      'a result that nobody called for',
      () => [asked, { role: 'model', parts: [{ text: 'Hm.' }] }, answered],
      /comes immediately after/,
    ],
    ['a call without its result', (answer) => [asked, answer], /number of function response parts/],
    [
      'fewer results than calls',
      (answer) => [asked, answer, { role: 'user', parts: [result('get_time')] }],
      /number of function response parts/,
    ],
    [
      'a result of another name',
      (answer) => [asked, answer, { role: 'user', parts: [result('get_time'), result('get_time')] }],
      /answers no function call/,
    ],
    [
      'a turn between call and result',
      (answer) => [asked, answer, asked, answered],
      /number of function response parts/,
    ],
    ['a call of the user’s', (answer) => [{ ...answer, role: 'user' }], /of the role/],
    ['a part of nothing', () => [{ role: 'user', parts: [{}] }], /required oneof field/],
  ])('%s', async (_, contentsOf, message) => {
    const error = await refusalOf(contentsOf(said))
    expect(error.status).toBe(400)
    expect(error.message).toMatch(message)
  })

  it('fields that it does not know, a key that it does not know, and thinking where there is none', async () => {
    const parts = [{ text: 'Hi', cache_control: {} }]
    const unknown = await post('generateContent', { contents: [{ role: 'user', parts }] })
    expect([unknown.status, await unknown.text()]).toEqual([400, expect.stringContaining('Unknown name')])
    const stranger = await clientOf('nobody')
      .models.generateContent({ model, contents: 'Hi' })
      .catch((error) => error)
    expect(stranger).toMatchObject({ status: 400, message: expect.stringContaining('API_KEY_INVALID') })
    const config = { thinkingConfig: { thinkingBudget: 1024 } }
    const older = client.models.generateContent({ model: 'gemini-2.0-flash', contents: 'Hi', config })
    await expect(older).rejects.toMatchObject({ status: 400 })
    expect(simulator.journal.calls.every(({ servedTokens }) => servedTokens === 0)).toBe(true)
  })

  it('in its own words, with the time to wait in the details', async () => {
    simulator.control.set({ fault: 'status-429' })
    const error = await refusalOf([asked])
    expect(JSON.parse(error.message).error).toMatchObject({
      code: 429,
      status: 'RESOURCE_EXHAUSTED',
      details: [{ retryDelay: '1s' }],
    })
  })
})

describe('a stream of Gemini that fails', () => {
  it.each(['?alt=sse', ''])('says so in the middle (%s)', async (query) => {
    simulator.control.set({ fault: 'error-mid-stream', outputTokens: 10 })
    const text = await stream(query)
    expect(text).toContain('"status":"INTERNAL"')
    const values: Record<string, unknown>[] = query
      ? text
          .split('\r\n\r\n')
          .filter(Boolean)
          .map((event) => JSON.parse(event.slice('data: '.length)))
      : JSON.parse(text)
    expect(values.map((value) => 'error' in value)).toEqual([...Array(5).fill(false), true])
    expect((await endedCalls(simulator))[0]).toMatchObject({ servedTokens: 5, completionTokens: 10 })
  })
})
