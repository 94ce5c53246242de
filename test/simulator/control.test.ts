import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { clientOf, endedCalls, question } from './support.ts'

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator({ behaviour: { outputTokens: 7 } })
})

afterAll(() => simulator.close())

afterEach(() => {
  simulator.control.reset()
  simulator.journal.reset()
})

/** What a call was served, or the status of its refusal. */
async function served(model = 'gpt-4o', credential = 'sim-test'): Promise<string> {
  const answer = clientOf(simulator, credential).chat.completions.create({ model, messages: question })
  return await answer.then(
    ({ usage }) => `${usage!.completion_tokens} tokens`,
    (error) => (error instanceof OpenAI.APIError && error.status ? String(error.status) : 'no answer'),
  )
}

function control(method: string, body?: object): Promise<Response> {
  return fetch(`http://127.0.0.1:${simulator.port}/control`, { method, ...(body && { body: JSON.stringify(body) }) })
}

describe('a rule', () => {
  it('holds for those whom it names, and only until it is taken back', async () => {
    simulator.control.set({ credential: 'sim-poor', fault: 'status-429-no-credit' })
    simulator.control.set({ model: 'gpt-4o-mini', outputTokens: 3 })
    simulator.control.set({ credential: 'sim-poor', model: 'gpt-4o-mini', fault: null })
    expect(await served()).toBe('7 tokens')
    expect(await served('gpt-4o', 'sim-poor')).toBe('429')
    expect(await served('gpt-4o-mini')).toBe('3 tokens')
    expect(await served('gpt-4o-mini', 'sim-poor')).toBe('3 tokens')
    simulator.control.reset()
    expect(await served('gpt-4o', 'sim-poor')).toBe('7 tokens')
  })

  it('gives way to a newer one, and keeps what that does not speak of', async () => {
    simulator.control.set({ outputTokens: 5, seed: 2 })
    simulator.control.set({ outputTokens: 4 })
    expect(await served()).toBe('4 tokens')
    expect(simulator.control.rules).toEqual([{ outputTokens: 4, seed: 2 }])
  })

  it('with a count queues up, and each call uses one of it', async () => {
    simulator.control.set({ times: 2, fault: 'status-503' })
    simulator.control.set({ times: 1, model: 'gpt-4o-mini', fault: 'status-429' })
    simulator.control.set({ times: 1, fault: 'reset-before-headers' })
    const outcomes = []
    for (let call = 0; call < 4; call++) outcomes.push(await served())
    expect(outcomes).toEqual(['503', '503', 'no answer', '7 tokens'])
    expect(await served('gpt-4o-mini')).toBe('429')
    expect(simulator.control.rules).toEqual([])
  })

  it('with a count is used exactly so often by calls that come at once', async () => {
    simulator.control.set({ times: 13, fault: 'status-500' })
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => served()))
    expect(outcomes.filter((outcome) => outcome === '500')).toHaveLength(13)
  })

  it('that makes no sense is refused', () => {
    expect(() => simulator.control.set({ fault: 'nonsense' as 'hang' })).toThrow()
    expect(() => simulator.control.set({ outputTokens: [5, 4] })).toThrow()
    expect(() => simulator.control.set({ latencyMs: -1 })).toThrow()
    expect(simulator.control.rules).toEqual([])
  })
})

describe('over HTTP', () => {
  it('the same rules are set, shown and taken back', async () => {
    expect((await control('POST', { credential: 'sim-test', outputTokens: 2 })).status).toBe(200)
    expect(await served()).toBe('2 tokens')
    const shown = (await (await control('GET')).json()) as { rules: object[]; faults: Record<string, string> }
    expect(shown.rules).toEqual([{ credential: 'sim-test', outputTokens: 2 }])
    expect(shown.faults).toHaveProperty('reset-mid-chunk')
    await control('DELETE')
    expect(await served()).toBe('7 tokens')
  })

  it.each([[{ fault: 'nonsense' }], [{ colour: 'red' }], [[]]])('%j is refused', async (rule) => {
    expect((await control('POST', rule)).status).toBe(400)
    expect(simulator.control.rules).toEqual([])
  })
})

describe('a suffix', () => {
  it('of a credential or a model steers that call alone', async () => {
    expect(await served('gpt-4o;output=9')).toBe('9 tokens')
    expect(await served('gpt-4o', 'sim-lab;output=8;seed=4')).toBe('8 tokens')
    expect(await served('gpt-4o;fault=status-500', 'sim-lab;fault=status-404')).toBe('500')
    expect(await served()).toBe('7 tokens')
    const answer = await clientOf(simulator).chat.completions.create({ model: 'gpt-4o;output=1', messages: question })
    expect(answer.model).toBe('gpt-4o')
    expect((await endedCalls(simulator)).at(-1)!.model).toBe('gpt-4o;output=1')
  })

  it('wins over rules, which know the name without it', async () => {
    simulator.control.set({ credential: 'sim-lab', outputTokens: 2, fault: 'status-500' })
    expect(await served('gpt-4o', 'sim-lab;seed=1')).toBe('500')
    simulator.control.set({ credential: 'sim-lab', fault: null })
    expect(await served('gpt-4o', 'sim-lab;output=6')).toBe('6 tokens')
  })
})

describe('pace', () => {
  it('of ranges and lengths stays within them and differs from call to call', async () => {
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => served('gpt-4o;output=4-12')))
    const lengths = outcomes.map((outcome) => Number.parseInt(outcome, 10))
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(4)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(12)
    expect(new Set(lengths).size).toBeGreaterThan(2)
  })

  it('holds back what is not due', async () => {
    const stream = await clientOf(simulator).chat.completions.create({
      model: 'gpt-4o;rate=0.001;latency=1',
      messages: question,
      stream: true,
    })
    const opening = await stream[Symbol.asyncIterator]().next()
    expect(opening.value.choices[0].delta.role).toBe('assistant')
    expect(simulator.journal.calls[0]).toMatchObject({ servedTokens: 0, outcome: 'open' })
    stream.controller.abort()
    expect((await endedCalls(simulator))[0]).toMatchObject({ servedTokens: 0, outcome: 'aborted' })
  })
})
