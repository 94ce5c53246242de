import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chunkOf, eventText, helloEvents, sayStream, usageChunk } from './support/vendor.ts'
import {
  deploymentOf,
  eventually,
  mountNames,
  secret,
  shortSilenceMs,
  startWorld,
  type World,
} from './support/world.ts'

const messages = [{ role: 'user', content: 'Hi' }]
const chat = { model: 'gpt-4o', messages, stream: true }
const asking = { ...chat, stream_options: { include_usage: true } }

describe.each(mountNames)('a stream on %s', (mountName) => {
  let world: World

  beforeEach(async () => {
    world = await startWorld(mountName)
  })

  afterEach(async () => {
    await world.close()
    expect(world.ledger.reservedNanos).toBe(0n)
    expect(world.ledger.entries.length).toBeLessThanOrEqual(1)
  })

  /** Writes these events, then does what `end` does. */
  function play(events: (object | string)[], end: (response: ServerResponse) => void): void {
    world.vendor.script = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const event of events) response.write(eventText(event))
      end(response)
    }
  }

  test('hides the usage that nobody asked for, and passes every other byte', async () => {
    const response = await world.post(chat)
    expect(await response.text()).toBe(
      helloEvents
        .filter((event) => event !== usageChunk)
        .map(eventText)
        .join(''),
    )
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(world.vendor.visits[0]?.body.stream_options).toEqual({ include_usage: true })
    expect(world.ledger.entries).toMatchObject([
      {
        kind: 'settlement',
        outcome: {
          stream: true,
          status: 200,
          usage: { inputTokens: 9, outputTokens: 3 },
          costNanos: 52_500n,
          estimated: false,
          finishReason: 'stop',
          firstTokenMs: expect.any(Number),
        },
      },
    ])
  })

  test('puts the cost beside the usage for those who asked', async () => {
    const text = await (await world.post(asking)).text()
    const usage = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12, cost: '0.0000525' }
    const events = helloEvents.map((event) => (event === usageChunk ? { ...usageChunk, usage } : event))
    expect(text).toBe(events.map(eventText).join(''))
  })

  test('shows a caller of another dialect that an answer has begun as soon as it has', async () => {
    const baseUrl = world.vendor.baseUrl.replace(/\/v1$/, '')
    const claude = { vendor: 'anthropic', wire: 'anthropic', speaks: ['anthropic-messages'] } as const
    world.route.deployments = [deploymentOf({ baseUrl }, claude)]
    const message = { id: 'msg_1', type: 'message', role: 'assistant', content: [], usage: { input_tokens: 9 } }
    // No word of it yet.
    play([{ type: 'message_start', message }], () => undefined)
    const reader = (await world.post(chat)).body!.getReader()
    expect(Buffer.from((await reader.read()).value!).toString()).toContain('"delta":{"role":"assistant"')
    await reader.cancel()
    await eventually(() => world.ledger.entries.length > 0)
  })

  test('keeps what else an asker put into stream_options', async () => {
    await (await world.post({ ...chat, stream_options: { include_obfuscation: false } })).text()
    expect(world.vendor.visits[0]?.body.stream_options).toEqual({ include_obfuscation: false, include_usage: true })
  })

  test('takes the usage off a chunk that says more', async () => {
    const last = chunkOf({ content: '!' }, { usage: { prompt_tokens: 9, completion_tokens: 3 }, unheard_of: 1 })
    world.vendor.script = sayStream([chunkOf({ content: 'Hi' }), last, '[DONE]'])
    const { usage: _usage, ...rest } = last as Record<string, unknown>
    const text = await (await world.post(chat)).text()
    expect(text).toBe([chunkOf({ content: 'Hi' }), rest, '[DONE]'].map(eventText).join(''))
    expect(world.ledger.spentNanos).toBe(52_500n)
  })

  test('is booked before the caller can see its end', async () => {
    const response = await world.post(chat)
    const reader = response.body?.getReader()
    let seen = ''
    while (!seen.includes('[DONE]')) seen += Buffer.from((await reader?.read())?.value ?? []).toString()
    expect(world.ledger.entries).toHaveLength(1)
    await reader?.cancel()
    expect(world.ledger.entries[0]?.outcome.status).toBe(200)
  })

  test('arrives event by event, not at the end', async () => {
    let goOn = (): void => {}
    play([helloEvents[0] ?? '', helloEvents[1] ?? ''], (response) => {
      goOn = () => void response.end(helloEvents.slice(2).map(eventText).join(''))
    })
    const reader = (await world.post(chat)).body?.getReader()
    let seen = ''
    while (!seen.includes('Hello')) seen += Buffer.from((await reader?.read())?.value ?? []).toString()
    expect(seen).not.toContain('there')
    goOn()
    while (!seen.includes('[DONE]')) seen += Buffer.from((await reader?.read())?.value ?? []).toString()
    expect((await reader?.read())?.done).toBe(true)
  })

  test('that breaks in the middle ends with an error of the dialect and no [DONE]', async () => {
    play([...helloEvents.slice(0, 3)], (response) => {
      response.write('data: {"cut')
      setTimeout(() => response.destroy(), 10)
    })
    const text = await (await world.post(chat)).text()
    const events = text.trimEnd().split('\n\n')
    expect(events.slice(0, 3).join('\n\n')).toBe(helloEvents.slice(0, 3).map(eventText).join('').trimEnd())
    expect(events).toHaveLength(4)
    const { error } = JSON.parse(events[3]?.slice('data: '.length) ?? '')
    expect(error).toMatchObject({ code: 'upstream_error', type: 'server_error', param: null })
    expect(world.ledger.entries).toMatchObject([
      { kind: 'settlement', outcome: { status: 200, errorCode: 'upstream_error', estimated: true } },
    ])
    // "Hi" is 8 tokens of input with its frame, "Hello there" two of output.
    expect(world.ledger.spentNanos).toBe(8n * 2_500n + 2n * 10_000n)
  })

  test('that falls silent ends with a timeout of the dialect', async () => {
    world.route.policy.idleMs = shortSilenceMs
    play(helloEvents.slice(0, 2), () => {})
    const text = await (await world.post(chat)).text()
    expect(text).toContain('"upstream_timeout"')
    expect(world.ledger.entries[0]?.outcome).toMatchObject({ errorCode: 'upstream_timeout', estimated: true })
  })

  test('that breaks after [DONE] was complete', async () => {
    play(helloEvents, (response) => void setTimeout(() => response.destroy(), 10))
    expect(await (await world.post(chat)).text()).toMatch(/data: \[DONE\]\n\n$/)
    expect(world.ledger.entries[0]?.outcome).toMatchObject({ errorCode: null, costNanos: 52_500n })
  })

  test('that never says [DONE] is complete when it ends, also without a last blank line', async () => {
    const text = helloEvents.slice(0, -2).map(eventText).join('') + eventText(usageChunk).trimEnd()
    world.vendor.script = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text)
    }
    await (await world.post(chat)).text()
    expect(world.ledger.entries[0]?.outcome).toMatchObject({ costNanos: 52_500n, estimated: false, errorCode: null })
  })

  test("with the vendor's error in the middle passes it on and says so in its row", async () => {
    const error = { error: { message: 'overloaded', type: 'server_error' } }
    world.vendor.script = sayStream([chunkOf({ content: 'Hello' }), error])
    expect(await (await world.post(chat)).text()).toContain('overloaded')
    expect(world.ledger.entries[0]?.outcome).toMatchObject({
      status: 200,
      errorCode: 'upstream_error',
      estimated: true,
    })
  })

  test.each([
    ['in the middle', 2],
    ['before the first byte', 0],
  ])('whose caller leaves %s stops the vendor, and is charged for input and what came', async (_, count) => {
    play(helloEvents.slice(0, count), (response) => response.flushHeaders())
    const leave = new AbortController()
    const pending = world.post(chat, { signal: leave.signal })
    if (count > 0) await (await pending).body?.getReader().read()
    else await eventually(() => world.vendor.visits.length > 0)
    leave.abort()
    await pending.catch(() => null)
    const { outcome } = await eventually(() => world.ledger.entries[0])
    expect(outcome).toMatchObject({ status: 499, errorCode: 'client_gone', estimated: true })
    expect(outcome.usage).toMatchObject({ inputTokens: 8, outputTokens: count > 0 ? 1 : 0 })
    expect(outcome.costNanos).toBe(8n * 2_500n + (count > 0 ? 10_000n : 0n))
    await eventually(() => world.vendor.cut > 0)
  })

  test('whose caller cancels the body without ever reading it', async () => {
    play(helloEvents.slice(0, 2), () => {})
    await (await world.post(chat)).body?.cancel()
    const { outcome } = await eventually(() => world.ledger.entries[0])
    expect(outcome).toMatchObject({ status: 499, estimated: true })
    await eventually(() => world.vendor.cut > 0)
  })

  describe('whose usage', () => {
    const word = chunkOf({ content: 'word ' })
    const words = Array.from({ length: 40 }, () => word)
    const say = async (usage: unknown): Promise<void> => {
      const reported = usage === undefined ? [] : [chunkOf({}, { choices: [], usage })]
      world.vendor.script = sayStream([...words, ...reported, '[DONE]'])
      await (await world.post(chat)).text()
    }

    test.each([
      ['is missing', undefined],
      ['is null', null],
      ['is negative', { prompt_tokens: -9, completion_tokens: -40, total_tokens: -49 }],
      ['is text', { prompt_tokens: '8', completion_tokens: '40' }],
      ['is absurd', { prompt_tokens: 1e18, completion_tokens: 1e18 }],
      ['is a fraction', { prompt_tokens: 8.5, completion_tokens: 40.5 }],
      ['is no object', 'much'],
      ['is empty', {}],
      ['lacks the output', { prompt_tokens: 8 }],
      ['is less than was written', { prompt_tokens: 8, completion_tokens: 3, total_tokens: 11 }],
      ['is nothing', { prompt_tokens: 8, completion_tokens: 0, total_tokens: 8 }],
    ])('%s is counted here instead', async (_, usage) => {
      await say(usage)
      const [entry] = world.ledger.entries
      expect(entry?.outcome.estimated).toBe(true)
      expect(entry?.outcome.usage.inputTokens).toBe(8)
      expect(entry?.outcome.usage.outputTokens).toBeGreaterThanOrEqual(40)
      expect(entry?.outcome.usage.outputTokens).toBeLessThanOrEqual(41)
    })

    test('is larger than what was reserved is booked whole', async () => {
      await say({ prompt_tokens: 8, completion_tokens: 50_000, total_tokens: 50_008 })
      expect(world.ledger.spentNanos).toBe(8n * 2_500n + 500_000_000n)
      expect(world.ledger.entries[0]?.reservedNanos).toBeLessThan(world.ledger.spentNanos)
    })

    test('is repeated as it grows counts once', async () => {
      const usages = [3, 20, 40, 40].map((completion_tokens) => ({ prompt_tokens: 8, completion_tokens }))
      world.vendor.script = sayStream([...words, ...usages.map((usage) => ({ ...word, usage })), '[DONE]'])
      await (await world.post(chat)).text()
      expect(world.ledger.entries[0]?.outcome.usage).toMatchObject({ inputTokens: 8, outputTokens: 40 })
    })

    test('is missing for a vendor whose tokens we cannot count leans upward, within what was reserved', async () => {
      world.route = { ...world.route, deployments: [deploymentOf(world.vendor, { upstreamModel: 'qwen3-max' })] }
      await say(undefined)
      const { usage, estimated } = world.ledger.entries[0]?.outcome ?? {}
      expect(estimated).toBe(true)
      expect(usage?.outputTokens).toBe(Math.ceil((40 * 'word '.length) / 3))
    })
  })

  test('with more than is kept is counted all the same', async () => {
    const piece = chunkOf({ content: 'wonderful '.repeat(1000) })
    world.vendor.script = sayStream([...Array.from({ length: 60 }, () => piece), '[DONE]'])
    await (await world.post({ ...chat, max_tokens: 200_000 })).text()
    const { outputTokens } = world.ledger.entries[0]?.outcome.usage ?? {}
    expect(outputTokens).toBeGreaterThanOrEqual(60_000)
    expect(outputTokens).toBeLessThan(200_000)
  })
})

test('a caller that does not read holds the vendor back, and loses the connection in the end', async () => {
  const world = await startWorld('node:http', { stalledReaderMs: 200 })
  let written = 0
  // Much more than what is read on for a moment after the caller is gone.
  const pieces = 8192
  const piece = eventText(chunkOf({ content: 'x'.repeat(64 * 1024) }))
  world.vendor.script = async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const closed = once(response, 'close')
    while (!response.destroyed && written < pieces) {
      written++
      if (!response.write(piece)) await Promise.race([new Promise((go) => response.once('drain', go)), closed])
    }
  }
  const socket = connect(Number(new URL(world.baseUrl).port), '127.0.0.1')
  const body = JSON.stringify(chat)
  socket.write(`POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${secret}\r\n`)
  socket.write(`content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
  const entry = await eventually(() => world.ledger.entries[0])
  expect(entry.outcome).toMatchObject({ status: 499, estimated: true })
  expect(written).toBeLessThan(pieces)
  socket.destroy()
  await world.close()
})
