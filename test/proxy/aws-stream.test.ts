import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findVendor, speaksOf } from '#lib/providers/vendors.ts'
import { asEvents } from '#proxy/aws/as-events.ts'
import { splitMessages } from '#proxy/aws/split-messages.ts'
import { StoppedReading } from '#proxy/sse/stopped-reading.ts'
import { writeEvent } from '#simulator/dialects/bedrock/write-message.ts'
import { hasTraffic, trafficFolder } from './support/traffic.ts'
import { deploymentOf, eventually, routeOf, startWorld, type World } from './support/world.ts'

const stream = Buffer.concat([
  writeEvent('messageStart', { role: 'assistant' }),
  writeEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Grüß Gott 预算' } }),
  writeEvent('messageStop', { stopReason: 'end_turn' }),
])

function split(pieces: readonly Uint8Array[]): string[] {
  const splitter = splitMessages()
  const messages = pieces.flatMap((piece) => splitter.push(piece))
  splitter.end()
  return messages.map(({ headers, payload }) => `${headers[':event-type']} ${payload}`)
}

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places), bytes.length].sort((a, b) => a - b)
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}

describe('an AWS event stream', () => {
  test('is the same wherever its bytes are cut', () => {
    const whole = split([stream])
    expect(whole).toHaveLength(3)
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), (places) => {
        expect(split(cut(stream, places))).toEqual(whole)
      }),
    )
  })

  test('is refused as soon as one bit of it is wrong', () => {
    fc.assert(
      fc.property(fc.nat(stream.length - 1), fc.nat(7), (at, bit) => {
        const spoilt = Buffer.from(stream)
        spoilt[at]! ^= 1 << bit
        expect(() => split([spoilt])).toThrow(StoppedReading)
      }),
    )
  })

  test('is refused when it ends within a message', () => {
    expect(() => split([stream.subarray(0, -1)])).toThrow(/ended in the middle/)
  })
})

test('a stream of Bedrock that spoils on its way owes all that the call was allowed', async () => {
  const world = await startWorld()
  const vendor = findVendor('bedrock')!
  const facts = { vendor: 'bedrock', wire: vendor.wire, speaks: vendor.speaks, openCredential: () => 'key' }
  world.route = routeOf('gpt-4o', [deploymentOf(world.vendor, facts)])
  const spoilt = Buffer.from(writeEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'lost' } }))
  spoilt[spoilt.length - 6]! ^= 1
  world.vendor.script = (response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
    response.write(writeEvent('messageStart', { role: 'assistant' }))
    response.write(writeEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'read' } }))
    setTimeout(() => response.end(spoilt), 20)
  }
  try {
    const asked = { model: 'gpt-4o', messages: [{ role: 'user', content: 'a' }], stream: true, max_tokens: 60 }
    await (await world.post(asked)).text().catch(() => '')
    const { outcome } = await eventually(() => world.ledger.entries[0])
    expect(outcome).toMatchObject({ estimated: true, usage: { outputTokens: 60 } })
    expect(world.ledger.reservedNanos).toBe(0n)
  } finally {
    await world.close()
  }
})

interface RecordedStream {
  file: string
  bytes: Buffer
  events: { headers: Record<string, string>; payload: Record<string, unknown> }[]
  path: string
}

const recordings = hasTraffic
  ? readdirSync(trafficFolder)
      .filter((file) => /^bedrock\.(converse|invoke_model)\.stream\./.test(file))
      .flatMap((file): RecordedStream[] => {
        const { request, response } = JSON.parse(readFileSync(`${trafficFolder}${file}`, 'utf8'))
        if (!response.body_base64) return []
        return [
          { file, bytes: Buffer.from(response.body_base64, 'base64'), events: response.events, path: request.path },
        ]
      })
  : []

describe.skipIf(!hasTraffic)('recorded streams of Bedrock', () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world?.close())

  test('are there', () => expect(recordings.length).toBeGreaterThan(5))

  test.each(recordings)('$file: every message of it becomes its event, whole', async ({ bytes, events }) => {
    const pieces = cut(
      bytes,
      Array.from({ length: Math.floor(bytes.length / 7) }, (_, index) => index * 7 + 3),
    )
    const read = await text(asEvents(asIterable(pieces)))
    const values = [...read.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!))
    expect(values).toEqual(events.map(({ headers, payload }) => eventOf(headers[':event-type']!, payload)))
  })

  test.each(recordings)(
    '$file: is billed as it reported, and read by who speaks another dialect',
    async (recording) => {
      const model = decodeURIComponent(/\/model\/([^/]+)\//.exec(recording.path)![1]!)
      const vendor = findVendor('bedrock')!
      const speaks = recording.path.includes('converse') ? (['bedrock-converse'] as const) : speaksOf(vendor, model)
      const facts = { vendor: 'bedrock', wire: vendor.wire, speaks, upstreamModel: model, openCredential: () => 'key' }
      world.route = routeOf('gpt-4o', [deploymentOf(world.vendor, facts)])
      world.vendor.script = (response) => {
        response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
        for (const piece of cut(recording.bytes, [1, 13, 200, 201, 1000])) response.write(piece)
        response.end()
      }
      const asked = { model: 'gpt-4o', messages: [{ role: 'user', content: 'a' }], stream: true }
      const answer = await (await world.post({ ...asked, stream_options: { include_usage: true } })).text()
      const chunks = [...answer.matchAll(/^data: (\{.*)$/gm)].map(([, data]) => JSON.parse(data!))
      const said = chunks.map(({ choices }) => choices?.[0]?.delta?.content ?? '').join('')
      const { text: wrote, usage } = told(recording)
      expect(said).toBe(wrote)
      if (usage) expect(world.ledger.entries.at(-1)?.outcome).toMatchObject({ estimated: false, usage })
      expect(answer.trimEnd().endsWith('data: [DONE]')).toBe(recording.events.some(isEnd))
    },
  )
})

describe.skipIf(!hasTraffic)('recorded answers of Bedrock', () => {
  const answers = hasTraffic
    ? readdirSync(trafficFolder)
        .filter((file) => /^bedrock\.(converse|invoke_model)\.json\.200\./.test(file))
        .map((file) => {
          const { request, response } = JSON.parse(readFileSync(`${trafficFolder}${file}`, 'utf8'))
          return { file, path: String(request.path), body: response.body as Answer }
        })
    : []
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world?.close())

  test('are there', () => expect(answers.length).toBeGreaterThan(5))

  test.each(answers)(
    '$file: is billed as it reported, and read by who speaks another dialect',
    async ({ path, body }) => {
      const model = decodeURIComponent(/\/model\/([^/]+)\//.exec(path)![1]!)
      const vendor = findVendor('bedrock')!
      const speaks = path.endsWith('/converse') ? (['bedrock-converse'] as const) : speaksOf(vendor, model)
      const facts = { vendor: 'bedrock', wire: vendor.wire, speaks, upstreamModel: model, openCredential: () => 'key' }
      world.route = routeOf('gpt-4o', [deploymentOf(world.vendor, facts)])
      world.vendor.script = (response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      }
      const asked = { model: 'gpt-4o', messages: [{ role: 'user', content: 'a' }] }
      const answer = (await (await world.post(asked)).json()) as {
        choices: {
          message: { content: string | null; tool_calls?: { function: { name: string; arguments: string } }[] }
        }[]
      }
      const blocks = body.output?.message.content ?? body.content ?? []
      const { content, tool_calls: calls = [] } = answer.choices[0]!.message
      const cited = blocks.flatMap((block) => block.citationsContent?.content ?? [])
      expect(content ?? '').toBe([...blocks, ...cited].map(({ text = '' }) => text).join(''))
      expect(calls.map((call) => ({ name: call.function.name, input: JSON.parse(call.function.arguments) }))).toEqual(
        blocks.flatMap((block) => {
          const tool = block.toolUse ?? (block.type === 'tool_use' ? block : null)
          return tool ? [{ name: tool.name, input: tool.input }] : []
        }),
      )
      const { usage } = body
      const cached = (usage.cacheReadInputTokens ?? usage.cache_read_input_tokens ?? 0) as number
      const written = (usage.cacheWriteInputTokens ?? usage.cache_creation_input_tokens ?? 0) as number
      expect(world.ledger.entries.at(-1)?.outcome).toMatchObject({
        estimated: false,
        usage: {
          inputTokens: (usage.inputTokens ?? usage.input_tokens)! + cached + written,
          outputTokens: usage.outputTokens ?? usage.output_tokens,
        },
      })
    },
  )
})

interface Block {
  type?: string
  text?: string
  name?: string
  input?: unknown
  toolUse?: { name: string; input: unknown }
  citationsContent?: { content: Block[] }
}

interface Answer {
  output?: { message: { content: Block[] } }
  content?: Block[]
  usage: Record<string, number>
}

const isEnd = ({ headers, payload }: RecordedStream['events'][number]): boolean =>
  headers[':event-type'] === 'messageStop' || decoded(payload)?.type === 'message_stop'

interface Told {
  type?: string
  delta?: { type?: string; text?: string }
  usage?: Record<string, number>
  message?: { usage?: Record<string, number> }
}

function decoded(payload: Record<string, unknown>): Told | null {
  return typeof payload.bytes === 'string' ? JSON.parse(Buffer.from(payload.bytes, 'base64').toString()) : null
}

function eventOf(type: string, payload: Record<string, unknown>): unknown {
  return type === 'chunk' ? decoded(payload) : { [type]: payload }
}

/** What a recording says, found in its events by the shortest way. */
function told({ events }: RecordedStream): { text: string; usage: Record<string, number> | null } {
  let text = ''
  let input = 0
  let output: number | null = null
  for (const { headers, payload } of events) {
    const { delta, usage } = payload as Told
    const event = decoded(payload)
    text += (headers[':event-type'] === 'contentBlockDelta' && delta?.text) || ''
    if (event?.delta?.type === 'text_delta') text += event.delta.text ?? ''
    const used = usage ?? event?.usage ?? event?.message?.usage ?? {}
    if (headers[':event-type'] === 'metadata') {
      input = (used.inputTokens ?? 0) + (used.cacheReadInputTokens ?? 0) + (used.cacheWriteInputTokens ?? 0)
      output = used.outputTokens ?? null
    } else if (event?.type === 'message_start') input = used.input_tokens ?? 0
    else if (event?.type === 'message_delta') output = used.output_tokens ?? null
  }
  return { text, usage: output === null ? null : { inputTokens: input, outputTokens: output } }
}

async function* asIterable(pieces: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* pieces
}

async function text(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all).toString()
}
