import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type FaultName, faultNames } from '#simulator/faults/faults.ts'
import type { Call } from '#simulator/journal/call.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { clientOf, endedCalls, eventsOf, post, question } from './support.ts'

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator({ behaviour: { outputTokens: 8 } })
})

afterAll(() => simulator.close())

afterEach(() => {
  simulator.control.reset()
  simulator.journal.reset()
})

/** What a caller has of an answer, and what the journal says of it. */
interface Seen {
  /** Null: there were no headers. */
  status: number | null
  headers: Record<string, string>
  /** The body came to its end. */
  isWhole: boolean
  isJson: boolean
  bytes: number
  /** Content deltas. */
  pieces: number
  isDone: boolean
  /** Every usage object in it. */
  usages: unknown[]
  error: unknown
  call: Call
}

async function see(stream: boolean, signal: AbortSignal): Promise<Omit<Seen, 'call'>> {
  const options = stream ? { stream, stream_options: { include_usage: true } } : {}
  const response = await post(simulator, { model: 'gpt-4o', messages: question, ...options }, signal).catch(() => null)
  const { text, isWhole } = response ? await readAll(response) : { text: '', isWhole: false }
  const values = (stream ? eventsOf(text) : [text]).map(parse)
  const objects = values.filter((value) => typeof value === 'object')
  return {
    status: response?.status ?? null,
    headers: Object.fromEntries(response?.headers ?? []),
    isWhole,
    isJson: values.length > 0 && values.every((value) => value !== undefined),
    bytes: text.length,
    pieces: objects.filter(({ choices }) => choices?.[0]?.delta?.content).length,
    isDone: values.includes('[DONE]'),
    usages: objects.filter(({ usage }) => usage).map(({ usage }) => usage),
    error: objects.find(({ error }) => error)?.error,
  }
}

async function readAll(response: Response): Promise<{ text: string; isWhole: boolean }> {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk)
    return { text: Buffer.concat(chunks).toString(), isWhole: true }
  } catch {
    return { text: Buffer.concat(chunks).toString(), isWhole: false }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the vendor sent
function parse(text: string): any {
  if (text === '[DONE]') return text
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Expected = Record<string, unknown>

const prompt = 12
const finished = (tokens: number): Expected => ({ outcome: 'finished', status: 200, servedTokens: tokens })
const broken = (tokens: number): Expected => ({
  outcome: 'broken',
  status: 200,
  servedTokens: tokens,
  reportedUsage: null,
})

function refusal(status: number, code: string | null, headers: Expected = {}): [Expected, Expected] {
  const seen = {
    status,
    headers: expect.objectContaining({ 'content-type': 'application/json', ...headers }),
    isWhole: true,
    pieces: 0,
    usages: [],
    call: { status, servedTokens: 0, reportedUsage: null, outcome: 'finished' },
  }
  const body = {
    code,
    message: expect.any(String),
    type: expect.any(String),
    param: expect.toBeOneOf([null, 'temperature']),
  }
  return [{ ...seen, error: body }, seen]
}

/** Everything is right but what is told of the usage. */
function told(report: Expected | null, wire: Expected | null, isTold = true): [Expected, Expected] {
  const usages = wire ? [expect.objectContaining(wire)] : []
  const call = { ...finished(8), reportedUsage: report && expect.objectContaining(report) }
  const seen = { status: 200, isWhole: true, isJson: true, usages, call }
  return [{ ...seen }, { ...seen, isDone: true, pieces: 8, ...(isTold ? {} : { usages: [] }) }]
}

const honest = { prompt_tokens: prompt, completion_tokens: 8, total_tokens: prompt + 8 }
const honestReport = { promptTokens: prompt, completionTokens: 8 }

/** Faults that keep the caller waiting; they have a test of their own. */
const patience = ['hang', 'hang-mid-stream', 'slow'] as const
type Patience = (typeof patience)[number]

/** What is seen of every fault: in a document, and in a stream. A new fault does not compile without its row. */
const observations: Record<Exclude<FaultName, Patience>, [document: Expected, stream: Expected]> = {
  'status-400': refusal(400, 'unsupported_value'),
  'status-401': refusal(401, 'invalid_api_key'),
  'status-403': refusal(403, 'unsupported_country_region_territory'),
  'status-404': refusal(404, 'model_not_found'),
  'status-408': refusal(408, null),
  'status-413': refusal(413, 'request_too_large'),
  'status-429': refusal(429, 'rate_limit_exceeded', { 'retry-after': '1', 'retry-after-ms': '800' }),
  'status-429-no-retry-after': refusal(429, 'rate_limit_exceeded'),
  'status-429-no-credit': refusal(429, 'insufficient_quota'),
  'status-500': refusal(500, null),
  'status-502': refusal(502, null),
  'status-503': refusal(503, null),
  'status-529': refusal(529, null),
  'html-502': both({
    status: 502,
    headers: expect.objectContaining({ 'content-type': 'text/html' }),
    isJson: false,
    call: { status: 502, servedTokens: 0, outcome: 'finished' },
  }),
  redirect: both({
    status: 302,
    headers: expect.objectContaining({ location: 'https://elsewhere.invalid/v1/chat/completions' }),
    call: { status: 302, servedTokens: 0 },
  }),
  'reset-before-headers': both({ status: null, call: { ...broken(0), status: null } }),
  'reset-after-headers': both({ status: 200, isWhole: false, bytes: 0, call: broken(0) }),
  'reset-between-events': [
    { status: 200, isWhole: false, isJson: false, call: broken(0) },
    { status: 200, isWhole: false, isJson: true, pieces: 4, isDone: false, call: broken(4) },
  ],
  'reset-mid-chunk': [
    { status: 200, isWhole: false, isJson: false, call: broken(0) },
    { status: 200, isWhole: false, isJson: false, pieces: 4, isDone: false, call: broken(4) },
  ],
  'end-early': [
    { isWhole: true, usages: [expect.objectContaining(honest)], call: finished(8) },
    {
      isWhole: true,
      isJson: true,
      pieces: 4,
      isDone: false,
      usages: [],
      call: { ...finished(4), reportedUsage: null },
    },
  ],
  'no-done': [
    { isWhole: true, usages: [expect.objectContaining(honest)], call: finished(8) },
    { isWhole: true, pieces: 8, isDone: false, usages: [expect.objectContaining(honest)], call: finished(8) },
  ],
  'error-mid-stream': [
    { status: 500, error: expect.objectContaining({ type: 'server_error' }), call: { status: 500, servedTokens: 0 } },
    {
      status: 200,
      isWhole: true,
      pieces: 4,
      isDone: false,
      error: expect.objectContaining({ type: 'server_error' }),
      call: { ...finished(4), reportedUsage: null },
    },
  ],
  'usage-missing': told(null, null),
  'usage-null': told(null, null),
  'usage-zero': told(
    { promptTokens: 0, completionTokens: 0 },
    { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  ),
  'usage-negative': told({ completionTokens: -8 }, { prompt_tokens: -prompt, completion_tokens: -8 }),
  'usage-huge': told({ completionTokens: 1e18 }, { prompt_tokens: prompt, completion_tokens: 1e18 }),
  'usage-fraction': told({ completionTokens: 8.5 }, { completion_tokens: 8.5 }),
  'usage-text': told(
    { completionTokens: '8' },
    { prompt_tokens: String(prompt), completion_tokens: '8', total_tokens: '20' },
  ),
  'usage-doubled': told({ completionTokens: 16 }, { prompt_tokens: 2 * prompt, completion_tokens: 16 }),
  'usage-halved': told({ completionTokens: 4 }, { prompt_tokens: prompt, completion_tokens: 4 }),
  'usage-twice': [
    told(honestReport, honest)[0],
    { ...told(honestReport, honest)[1], usages: [expect.objectContaining(honest), expect.objectContaining(honest)] },
  ],
  'usage-cumulative': [
    told(honestReport, honest)[0],
    {
      ...told(honestReport, honest)[1],
      // The opening, a token each, and the end.
      usages: [0, 1, 2, 3, 4, 5, 6, 7, 8, 8].map((tokens) =>
        expect.objectContaining({ ...honest, completion_tokens: tokens, total_tokens: prompt + tokens }),
      ),
    },
  ],
  'usage-split': [
    told(honestReport, honest)[0],
    {
      ...told(honestReport, honest)[1],
      usages: [
        { prompt_tokens: prompt, total_tokens: prompt, prompt_tokens_details: expect.any(Object) },
        { completion_tokens: 8, total_tokens: 8, completion_tokens_details: expect.any(Object) },
      ],
    },
  ],
  'empty-body': both({ status: 200, isWhole: true, bytes: 0, call: { ...finished(0), reportedUsage: null } }),
  'invalid-json': [
    { status: 200, isWhole: true, isJson: false, call: { ...finished(0), reportedUsage: null } },
    { status: 200, isWhole: true, isJson: false, isDone: true, pieces: 8, call: finished(8) },
  ],
  'wrong-content-type': both({
    status: 200,
    headers: expect.objectContaining({ 'content-type': 'text/plain; charset=utf-8' }),
    isJson: true,
    call: finished(8),
  }),
  'enormous-body': [
    { status: 200, isWhole: true, isJson: true, bytes: expect.toSatisfy(isEnormous), call: finished(8) },
    { status: 200, isWhole: true, isDone: true, pieces: 8, bytes: expect.toSatisfy(isEnormous), call: finished(8) },
  ],
}

function both(seen: Expected): [Expected, Expected] {
  return [seen, seen]
}

function isEnormous(bytes: number): boolean {
  return bytes > 64 * 1024 * 1024
}

describe.each([
  ['a document', false],
  ['a stream', true],
])('in %s', (_, stream) => {
  it.each(Object.keys(observations) as (keyof typeof observations)[])('%s', async (fault) => {
    simulator.control.set({ fault })
    const seen = await see(stream, AbortSignal.timeout(20_000))
    const [call] = await endedCalls(simulator)
    const expected = observations[fault][stream ? 1 : 0]
    expect({ ...seen, call }).toMatchObject({
      ...expected,
      call: { fault, promptTokens: prompt, ...(expected.call as Expected) },
    })
    if (fault === 'status-429-no-retry-after') expect(seen.headers).not.toHaveProperty('retry-after')
    if (fault === 'usage-missing' && !stream) expect(seen.usages).toEqual([])
  })

  it.each(patience)('%s', async (fault) => {
    simulator.control.set({ credential: 'sim-test', fault })
    const gone = new AbortController()
    const seeing = see(stream, gone.signal)
    const isMidway = fault === 'hang-mid-stream'
    await expect.poll(() => simulator.journal.calls[0]).toMatchObject({ status: isMidway ? 200 : null })
    await expect.poll(() => simulator.journal.calls[0]!.servedTokens).toBe(isMidway && stream ? 4 : 0)
    // Others come and go meanwhile.
    for (let other = 0; other < 5; other++) {
      await clientOf(simulator, 'sim-other').chat.completions.create({ model: 'gpt-4o', messages: question })
    }
    expect(simulator.journal.calls[0]).toMatchObject({ outcome: 'open' })
    if (fault !== 'slow') gone.abort()
    const seen = await seeing
    const [call] = await endedCalls(simulator)
    if (fault === 'slow') {
      expect({ ...seen, call }).toMatchObject({ status: 200, isWhole: true, call: finished(8) })
    } else {
      expect(seen).toMatchObject({ status: isMidway ? 200 : null, isWhole: false, isDone: false })
      expect(call).toMatchObject({ outcome: 'aborted', reportedUsage: null })
    }
  })
})

it('knows every fault', () => {
  expect([...Object.keys(observations), ...patience].sort()).toEqual([...faultNames].sort())
})

describe('where a fault strikes', () => {
  it.each([
    [0, 0],
    [3, 3],
    [8, 8],
  ])('after token %i', async (faultAtToken, served) => {
    simulator.control.set({ fault: 'reset-between-events', faultAtToken })
    const seen = await see(true, AbortSignal.timeout(20_000))
    expect(seen).toMatchObject({ isWhole: false, pieces: served, isDone: false })
    expect((await endedCalls(simulator))[0]).toMatchObject({ servedTokens: served, outcome: 'broken' })
  })
})

describe('usage that is ordered', () => {
  it('replaces the figures that it names, and the journal keeps both', async () => {
    simulator.control.set({ reportedUsage: { completionTokens: 500, cachedTokens: 3 } })
    const seen = await see(true, AbortSignal.timeout(20_000))
    expect(seen.usages).toMatchObject([
      { prompt_tokens: prompt, completion_tokens: 500, prompt_tokens_details: { cached_tokens: 3 } },
    ])
    expect((await endedCalls(simulator))[0]).toMatchObject({
      servedTokens: 8,
      reportedUsage: { promptTokens: prompt, completionTokens: 500, cachedTokens: 3 },
    })
  })
})

describe('the real client', () => {
  it.each([
    ['status-400', OpenAI.BadRequestError],
    ['status-401', OpenAI.AuthenticationError],
    ['status-403', OpenAI.PermissionDeniedError],
    ['status-404', OpenAI.NotFoundError],
    ['status-408', OpenAI.APIError],
    ['status-413', OpenAI.APIError],
    ['status-429', OpenAI.RateLimitError],
    ['status-500', OpenAI.InternalServerError],
    ['html-502', OpenAI.InternalServerError],
    ['status-503', OpenAI.InternalServerError],
    ['status-529', OpenAI.InternalServerError],
    ['reset-before-headers', OpenAI.APIConnectionError],
  ] as const)('takes %s for what it is', async (fault, kind) => {
    simulator.control.set({ fault })
    const answer = clientOf(simulator).chat.completions.create({ model: 'gpt-4o', messages: question })
    const error = await answer.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(kind)
    const status = /\d{3}/.exec(fault)?.[0]
    expect((error as InstanceType<typeof OpenAI.APIError>).status).toBe(status && Number(status))
  })

  it('has the words before an error in the middle of a stream, then the error', async () => {
    simulator.control.set({ fault: 'error-mid-stream' })
    const stream = await clientOf(simulator).chat.completions.create({
      model: 'gpt-4o',
      messages: question,
      stream: true,
    })
    let pieces = 0
    const reading = (async () => {
      for await (const chunk of stream) if (chunk.choices[0]!.delta.content) pieces++
    })()
    await expect(reading).rejects.toThrow(OpenAI.APIError)
    expect(pieces).toBe(4)
  })

  it('tries again after a refusal, and both tries are in the journal', async () => {
    simulator.control.set({ times: 1, fault: 'status-429' })
    const client = clientOf(simulator).withOptions({ maxRetries: 1 })
    await client.chat.completions.create({ model: 'gpt-4o', messages: question })
    expect((await endedCalls(simulator)).map(({ status, servedTokens }) => [status, servedTokens])).toEqual([
      [429, 0],
      [200, 8],
    ])
  })
})
