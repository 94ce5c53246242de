import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '#simulator/journal/call.ts'
import { readJournal } from '#simulator/journal/read-journal.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { clientOf, endedCalls, post, question } from './support.ts'

const model = 'gpt-4o'

let folder: string
let file: string
let simulator: Simulator

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-'))
})

afterAll(() => rm(folder, { recursive: true }))

beforeEach(async () => {
  file = join(folder, `${crypto.randomUUID()}.jsonl`)
  simulator = await startSimulator({ journalFile: file })
})

afterEach(() => simulator.close())

/** Waits until a figure no longer changes. */
async function standstill(figure: () => number): Promise<void> {
  let before = -1
  await expect
    .poll(() => {
      const isStill = figure() === before
      before = figure()
      return isStill
    })
    .toBe(true)
}

describe('a caller that leaves', () => {
  it('in the middle of a stream has been served at least what it read, and not all', async () => {
    simulator.control.set({ outputTokens: 400, chunkDelayMs: 5 })
    const stream = await clientOf(simulator).chat.completions.create({ model, messages: question, stream: true })
    let read = 0
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) read++
      if (read === 10) break
    }
    const [call] = await endedCalls(simulator)
    expect(call).toMatchObject({ status: 200, outcome: 'aborted', completionTokens: 400, reportedUsage: null })
    expect(call!.servedTokens).toBeGreaterThanOrEqual(10)
    expect(call!.servedTokens).toBeLessThan(400)
  })

  it('and stops reading has been served no more than the connection could hold', async () => {
    simulator.control.set({ outputTokens: 200_000 })
    const gone = new AbortController()
    await post(simulator, { model, messages: question, stream: true }, gone.signal)
    await expect.poll(() => simulator.journal.calls[0]!.servedTokens).toBeGreaterThan(0)
    await standstill(() => simulator.journal.calls[0]!.servedTokens)
    gone.abort()
    const [call] = await endedCalls(simulator)
    expect(call).toMatchObject({ outcome: 'aborted', completionTokens: 200_000 })
    expect(call!.servedTokens).toBeLessThan(200_000)
  })

  it('before the headers has been served nothing', async () => {
    simulator.control.set({ latencyMs: 60_000 })
    const gone = new AbortController()
    const answer = post(simulator, { model, messages: question }, gone.signal)
    await expect.poll(() => simulator.journal.calls.length).toBe(1)
    expect(simulator.journal.calls[0]).toMatchObject({ status: null, outcome: 'open' })
    gone.abort()
    await expect(answer).rejects.toThrow()
    const [call] = await endedCalls(simulator)
    expect(call).toMatchObject({ status: null, servedTokens: 0, outcome: 'aborted' })
    expect(call!.promptTokens).toBeGreaterThan(0)
  })
})

describe('the journal', () => {
  it('has a call before the caller has its first byte', async () => {
    simulator.control.set({ outputTokens: 50, chunkDelayMs: 20 })
    const response = await post(simulator, { model, messages: question, stream: true })
    expect(simulator.journal.calls).toHaveLength(1)
    expect(simulator.journal.calls[0]).toMatchObject({ status: 200, requestId: 'mine', outcome: 'open' })
    expect(readJournal(file)).toMatchObject([{ status: 200, outcome: 'open' }])
    await response.body?.cancel()
  })

  it('says on disk what it says in memory, and over HTTP', async () => {
    simulator.control.set({ times: 1, fault: 'reset-mid-chunk' })
    const client = clientOf(simulator)
    await client.chat.completions
      .stream({ model, messages: question })
      .done()
      .catch(() => undefined)
    await client.chat.completions.create({ model, messages: question })
    await client.chat.completions.stream({ model, messages: question }).done()
    const calls = await endedCalls(simulator)
    expect(calls.map(({ outcome }) => outcome)).toEqual(['broken', 'finished', 'finished'])
    expect(readJournal(file)).toEqual(calls)
    const response = await fetch(`http://127.0.0.1:${simulator.port}/control/journal?idle=true`)
    expect(await response.json()).toEqual(calls)
  })

  it('forgets on disk and in memory', async () => {
    await clientOf(simulator).chat.completions.create({ model, messages: question })
    await fetch(`http://127.0.0.1:${simulator.port}/control/journal`, { method: 'DELETE' })
    expect(simulator.journal.calls).toHaveLength(0)
    expect(readJournal(file)).toEqual([])
    await clientOf(simulator).chat.completions.create({ model, messages: question })
    expect(readJournal(file)).toEqual(await endedCalls(simulator))
    expect(simulator.journal.calls).toHaveLength(1)
  })

  it('is right about a thousand calls at once', async () => {
    simulator.control.set({ outputTokens: [1, 30] })
    const told = await Promise.all(
      Array.from({ length: 1_000 }, async (_, index) => {
        const response = await post(simulator, { model, messages: question, max_tokens: 1 + (index % 20) })
        return (await response.json()) as { id: string; usage: { completion_tokens: number } }
      }),
    )
    const served = new Map((await endedCalls(simulator)).map((call) => [call.id, call.servedTokens]))
    expect(served.size).toBe(1_000)
    expect(told.every(({ id, usage }) => served.get(id) === usage.completion_tokens)).toBe(true)
    expect(new Set(served.values()).size).toBeGreaterThan(10)
  })

  it('survives the kill of its process in the middle of a stream', async () => {
    const kept = join(folder, 'killed.jsonl')
    const vendor = spawn(process.execPath, [
      'simulator/main.ts',
      '--port',
      '0',
      '--journal',
      kept,
      '--behaviour',
      'output=300;delay=20',
    ])
    const [line] = (await once(vendor.stdout, 'data')) as [Buffer]
    const url = /^simulator ready on (http:\S+)\n$/.exec(String(line))![1]!
    const body = JSON.stringify({ model, messages: question, stream: true })
    const response = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer sim-x' },
      body,
    })
    const reader = response.body!.getReader()
    let read = ''
    while (read.split('"content"').length < 42) read += Buffer.from((await reader.read()).value!).toString()
    vendor.kill('SIGKILL')
    await once(vendor, 'exit')
    await reader.cancel().catch(() => undefined)
    const [call] = readJournal(kept) as [Call]
    expect(call).toMatchObject({ status: 200, outcome: 'open', completionTokens: 300 })
    // Of the 40 that were read the last 16 at most were under way together, their leaving not yet confirmed.
    expect(call.servedTokens).toBeGreaterThanOrEqual(24)
    expect(call.servedTokens).toBeLessThan(300)
  })
})
