import OpenAI, { toFile } from 'openai'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { costOf, type Price } from '#lib/core/price.ts'
import type { UnitPrice } from '#lib/core/units.ts'
import { unknownUsage } from '#lib/core/usage.ts'
import { countTokens } from '#proxy/metering/count-tokens.ts'
import { openHealth } from '#proxy/routing/open-health.ts'
import { openQueue } from '#proxy/routing/open-queue.ts'
import type { FaultName } from '#simulator/faults/faults.ts'
import { type Simulator, startSimulator } from '#simulator/start-simulator.ts'
import { loadTokenizer } from '#simulator/writing/load-tokenizer.ts'
import { byUnit, freeOfTokens, mediaDialects, wav } from './support/media.ts'
import { deploymentOf, eventually, price, secret, startWorld, type World } from './support/world.ts'

const tokens: Price = { ...price, inputPerMtok: 3_333_333_333n, outputPerMtok: 7_777_777_777n, cacheReadPerMtok: null }
const sound: UnitPrice = { kind: 'audio_input_token', priceNanos: 6_000_000_000n, per: 1_000_000 }

/** One way to ask, the price of what is asked, and what the caller gets. */
interface Way {
  name: string
  upstreamModel: string
  price: Price
  ask(client: OpenAI, world: World): Promise<unknown>
  gets: unknown
}

const model = 'gpt-4o'
const vector = (dimensions: number) => ({ data: [{ embedding: expect.toSatisfy((one) => one.length === dimensions) }] })
const picture = expect.stringMatching(/^iVBOR/)
const documents = ['Oslo is cold in winter.', 'Cairo is warm.', 'Where to buy ice?']

const ways: Way[] = [
  {
    name: 'embeddings, as the client asks for them by itself',
    upstreamModel: 'text-embedding-3-small',
    price: tokens,
    ask: (client) => client.embeddings.create({ model, input: 'The quick brown fox' }),
    gets: vector(1536),
  },
  {
    name: 'embeddings of tokens, in floats and few dimensions',
    upstreamModel: 'text-embedding-3-small',
    price: tokens,
    ask: (client) => client.embeddings.create({ model, input: [[1, 2, 3]], encoding_format: 'float', dimensions: 64 }),
    gets: vector(64),
  },
  {
    name: 'completions',
    upstreamModel: 'gpt-3.5-turbo-instruct',
    price: tokens,
    ask: (client) => client.completions.create({ model, prompt: ['Once', 'Twice'], n: 2, max_tokens: 12 }),
    gets: { choices: Array(4).fill(expect.objectContaining({ text: expect.stringMatching(/\w/) })) },
  },
  {
    name: 'completions in a stream',
    upstreamModel: 'gpt-3.5-turbo-instruct',
    price: tokens,
    async ask(client) {
      const texts: string[] = []
      for await (const { choices, usage } of await client.completions.create({ model, prompt: 'Once', stream: true })) {
        expect(usage).toBeUndefined()
        texts.push(choices[0]?.text ?? '')
      }
      return texts.join('')
    },
    gets: expect.stringMatching(/\w/),
  },
  {
    name: 'moderations',
    upstreamModel: 'omni-moderation-latest',
    price: freeOfTokens,
    ask: (client) => client.moderations.create({ model, input: ['How are you?', 'I will kill it'] }),
    gets: { results: [{ flagged: false }, { flagged: true }] },
  },
  {
    name: 'pictures by their address, paid by the picture',
    upstreamModel: 'dall-e-2',
    price: byUnit({ kind: 'image', priceNanos: 20_000_001n, per: 1 }),
    ask: (client) => client.images.generate({ model, prompt: 'A cat', n: 3 }),
    gets: { data: Array(3).fill({ url: expect.stringMatching(/^https:/) }) },
  },
  {
    name: 'a picture in base64, paid by the picture',
    upstreamModel: 'dall-e-3',
    price: byUnit({ kind: 'image', priceNanos: 12_000_000_000n, per: 100 }),
    ask: (client) => client.images.generate({ model, prompt: 'A cat', response_format: 'b64_json' }),
    gets: { data: [{ b64_json: picture }] },
  },
  {
    name: 'pictures paid by their tokens',
    upstreamModel: 'gpt-image-1',
    price: { ...tokens, units: [{ kind: 'image_output_token', priceNanos: 40_000_000_001n, per: 1_000_000 }] },
    ask: (client) => client.images.generate({ model, prompt: 'Two cats', n: 2, quality: 'medium' }),
    gets: { data: [{ b64_json: picture }, { b64_json: picture }] },
  },
  {
    name: 'speech',
    upstreamModel: 'tts-1',
    price: byUnit({ kind: 'character', priceNanos: 15_000_000_001n, per: 1_000_000 }),
    ask: async (client) =>
      (await (await client.audio.speech.create({ model, voice: 'alloy', input: 'Grüß dich 🙂' })).arrayBuffer())
        .byteLength,
    gets: 11 * 417,
  },
  {
    name: 'a transcription paid by the second that has begun',
    upstreamModel: 'whisper-1',
    price: byUnit({ kind: 'second', priceNanos: 6_000_000n, per: 60 }),
    ask: async (client) => client.audio.transcriptions.create({ model, file: await toFile(wav(2.5), 'a.wav') }),
    gets: { text: expect.stringMatching(/\w/) },
  },
  {
    name: 'a transcription paid by tokens of sound and of text',
    upstreamModel: 'gpt-4o-transcribe',
    price: { ...tokens, units: [sound] },
    ask: async (client) =>
      client.audio.transcriptions.create({ model, prompt: 'A talk.', file: await toFile(wav(2.5), 'a.wav') }),
    gets: { text: expect.stringMatching(/\w/) },
  },
  {
    name: 'documents in order, paid by the search',
    upstreamModel: 'rerank-v3.5',
    price: byUnit({ kind: 'search', priceNanos: 2_000_000_000n, per: 1000 }),
    ask: async (_, world) =>
      (await world.post({ model, query: 'Where is it cold?', documents, top_n: 2 }, { path: '/v1/rerank' })).json(),
    gets: { results: [{ index: 0 }, { index: expect.any(Number) }] },
  },
]

/** What the ledger books for what has no words, held against what the vendor's own journal says that it gave. */
describe('against the journal of the vendor', () => {
  let world: World
  let simulator: Simulator
  let client: OpenAI

  beforeAll(async () => {
    simulator = await startSimulator()
    world = await startWorld()
    client = new OpenAI({ apiKey: secret, baseURL: `${world.baseUrl}/v1`, maxRetries: 0 })
    // Vocabularies are read when they are first needed, which would be time out of our patience with the vendor.
    const tokenizer = await loadTokenizer()
    tokenizer.count('Hello')
    for (const encoding of ['o200k', 'cl100k'] as const) await countTokens(['Hello'], encoding)
  })

  afterAll(async () => {
    await world.close()
    await simulator.close()
  })

  afterEach(() => {
    expect(world.ledger.reservedNanos).toBe(0n)
    world.ledger.limitNanos = 100_000_000_000_000n
    forget()
    simulator.control.reset()
    // Each fault is the first that this gateway sees.
    const { clock } = world.gateway
    const health = openHealth({ clock })
    Object.assign(world.gateway, { health, queue: openQueue({ clock, health }) })
  })

  function forget(): void {
    world.ledger.entries.length = 0
    world.ledger.reservations.length = 0
    simulator.journal.reset()
  }

  function open(way: Way): Way {
    const { upstreamModel } = way
    world.route.deployments = [
      deploymentOf({ baseUrl: simulator.url }, { speaks: mediaDialects, upstreamModel, price: way.price }),
    ]
    return way
  }

  /** The journal is right by definition. */
  function givenNanos(way: Way): bigint {
    return simulator.journal.calls
      .map(({ promptTokens, servedTokens, units }) =>
        costOf(
          {
            ...unknownUsage,
            inputTokens: promptTokens,
            outputTokens: servedTokens,
            units: { ...units, ...(way.upstreamModel.startsWith('gpt-image') && { image_output_token: servedTokens }) },
          },
          way.price,
        ),
      )
      .reduce((sum, nanos) => sum + nanos, 0n)
  }

  const booked = (): bigint => world.ledger.entries.reduce((sum, { outcome }) => sum + outcome.costNanos, 0n)

  describe.each(ways)('$name', (way) => {
    test('cost to the nano-dollar what was given, many at once', async () => {
      open(way)
      const answers = await Promise.all(Array.from({ length: 8 }, () => way.ask(client, world)))
      for (const answer of answers) {
        // One that is a word or a number stands in a field to be matched like the others.
        expect({ answer }).toMatchObject({ answer: way.gets })
      }
      await simulator.journal.whenIdle()
      expect(simulator.journal.calls).toHaveLength(8)
      expect(simulator.journal.calls.map(({ model: asked }) => asked)).toEqual(Array(8).fill(way.upstreamModel))
      // Of what nobody is paid for nobody says how much it was.
      expect(world.ledger.entries.map(({ outcome }) => outcome.estimated)).toEqual(
        Array(8).fill(way.price === freeOfTokens),
      )
      expect(booked()).toBe(givenNanos(way))
      for (const { outcome, reservedNanos } of world.ledger.entries) {
        expect(outcome.costNanos).toBeLessThanOrEqual(reservedNanos)
      }
      if (way.price !== freeOfTokens) expect(booked()).toBeGreaterThan(0n)
    })

    test.runIf(way.price !== freeOfTokens)(
      'are refused before they are sent where the budget does not pay',
      async () => {
        open(way)
        world.ledger.limitNanos = world.ledger.spentNanos + 1n
        const asked = way.ask(client, world)
        if (way.upstreamModel.startsWith('rerank')) {
          expect(await asked).toMatchObject({ error: { code: 'insufficient_quota', type: 'insufficient_quota' } })
        } else {
          await expect(asked).rejects.toMatchObject({
            status: 402,
            code: 'insufficient_quota',
            type: 'insufficient_quota',
          })
        }
        expect(simulator.journal.calls).toEqual([])
        expect(booked()).toBe(0n)
      },
    )

    test.each<[FaultName, 'free' | 'kept']>([
      ['status-400', 'free'],
      ['status-503', 'free'],
      ['html-502', 'free'],
      ['redirect', 'free'],
      ['reset-before-headers', 'kept'],
    ])('%s costs nothing where nothing was given, and the whole bound where nobody knows: %s', async (fault, cost) => {
      open(way)
      simulator.control.set({ fault })
      await way.ask(client, world).catch((error: unknown) => expect(error).toBeInstanceOf(OpenAI.APIError))
      const entry = await eventually(() => world.ledger.entries[0])
      expect(entry.outcome.costNanos).toBe(cost === 'free' ? 0n : entry.reservedNanos)
    })

    test.runIf(way.price !== freeOfTokens)(
      'cost no less than was given where the vendor does not say how much',
      async () => {
        open(way)
        simulator.control.set({ fault: 'usage-missing' })
        await way.ask(client, world)
        await simulator.journal.whenIdle()
        const entry = await eventually(() => world.ledger.entries[0])
        expect(entry.outcome.costNanos).toBeGreaterThanOrEqual(givenNanos(way))
        expect(entry.outcome.costNanos).toBeLessThanOrEqual(entry.reservedNanos)
      },
    )
  })

  test.each([
    ['no input', '/v1/embeddings', { model }, 'input'],
    ['an empty list', '/v1/embeddings', { model, input: [] }, 'input'],
    ['texts that are numbers and words', '/v1/embeddings', { model, input: [1, 'two'] }, 'input'],
    ['a format of its own', '/v1/embeddings', { model, input: 'Hi', encoding_format: 'hex' }, 'encoding_format'],
    ['half a dimension', '/v1/embeddings', { model, input: 'Hi', dimensions: 0.5 }, 'dimensions'],
    ['a prompt that is an object', '/v1/completions', { model, prompt: { text: 'Hi' } }, 'prompt'],
    ['a stream that is a word', '/v1/completions', { model, prompt: 'Hi', stream: 'yes' }, 'stream'],
    ['a part that is no part', '/v1/moderations', { model, input: [{ type: 'video' }] }, 'input'],
    [
      'a picture that is none, to be judged',
      '/v1/moderations',
      { model, input: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,aGVsbG8=' } }] },
      'input.0.image_url.url',
    ],
    ['no prompt', '/v1/images/generations', { model }, 'prompt'],
    ['words for a number', '/v1/images/generations', { model, prompt: 'A cat', n: 'many' }, 'n'],
    ['words that are a list', '/v1/audio/speech', { model, voice: 'alloy', input: ['Hi'] }, 'input'],
    ['documents that are numbers', '/v1/rerank', { model, query: 'Hi', documents: [1] }, 'documents.0'],
    ['a search without a question', '/v1/rerank', { model, documents }, 'query'],
  ])('%s is refused by its path, and nothing is sent or charged', async (_, path, body, param) => {
    open(ways[0]!)
    const answer = await world.post(body, { path })
    expect({ status: answer.status, param: (await answer.json()).error.param }).toEqual({ status: 400, param })
    expect(simulator.journal.calls).toEqual([])
    expect(world.ledger.reservations).toEqual([])
    expect(booked()).toBe(0n)
  })

  test.each([
    ['a form where JSON is wanted', '/v1/embeddings', 'multipart/form-data; boundary=x'],
    ['a text', '/v1/images/generations', 'text/plain'],
    ['an unnamed one', '/v1/audio/speech', 'application/octet-stream'],
    ['a form of a web page', '/v1/rerank', 'application/x-www-form-urlencoded'],
    ['a recording by itself', '/v1/audio/transcriptions', 'audio/wav'],
  ])('%s is a content type that is refused, and nothing is sent', async (_, path, type) => {
    open(ways[0]!)
    const answer = await world.post('{"model":"gpt-4o"}', { path, headers: { 'content-type': type } })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid_request_error' } })
    expect(simulator.journal.calls).toEqual([])
  })
})
