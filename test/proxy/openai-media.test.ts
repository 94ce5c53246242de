import OpenAI, { toFile } from 'openai'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Price } from '#lib/core/price.ts'
import { byUnit, freeOfTokens, mediaDialects, wav } from './support/media.ts'
import { sayJson, sayStream } from './support/vendor.ts'
import { deploymentOf, mountNames, price, secret, startWorld, type World } from './support/world.ts'

let world: World
let client: OpenAI

const outcome = () => world.ledger.entries.at(-1)?.outcome
const priceIt = (priceOfIt: Price | null) => {
  world.route.deployments = [
    deploymentOf(world.vendor, { speaks: mediaDialects, price: priceOfIt, upstreamModel: 'upstream-1' }),
  ]
}

async function open(mount: (typeof mountNames)[number]): Promise<void> {
  world = await startWorld(mount)
  priceIt(price)
  client = new OpenAI({ apiKey: secret, baseURL: `${world.baseUrl}/v1`, maxRetries: 0, fetch: world.send })
}

describe.each(mountNames)('the official client of OpenAI, on %s', (mount) => {
  beforeEach(() => open(mount))
  afterEach(() => world.close())

  test('embeds texts, as base64 unless it asks for floats, and pays the input', async () => {
    const vector = Buffer.from(new Float32Array([0.5, -1]).buffer).toString('base64')
    world.vendor.script = (response, { body }) =>
      sayJson({
        object: 'list',
        data: [{ object: 'embedding', index: 0, embedding: body.encoding_format === 'base64' ? vector : [0.5, -1] }],
        usage: { prompt_tokens: 5, total_tokens: 5 },
      })(response)
    const answer = await client.embeddings.create({ model: 'gpt-4o', input: 'Hello' })
    expect(answer.data[0]?.embedding).toEqual([0.5, -1])
    const floats = await client.embeddings.create({ model: 'gpt-4o', input: [[1, 2, 3]], encoding_format: 'float' })
    expect(floats.data[0]?.embedding).toEqual([0.5, -1])
    expect(world.vendor.visits.map(({ body }) => [body.model, body.encoding_format])).toEqual([
      ['upstream-1', 'base64'],
      ['upstream-1', 'float'],
    ])
    expect(outcome()).toMatchObject({
      dialect: 'openai-embeddings',
      costNanos: 5n * 2_500n,
      estimated: false,
      usage: { inputTokens: 5, outputTokens: 0 },
    })
  })

  test('completes: each of the best of every prompt is reserved, and no length is 16', async () => {
    world.vendor.script = sayJson({
      object: 'text_completion',
      choices: [{ index: 0, text: ' world', finish_reason: 'stop' }],
      usage: { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 },
    })
    const prompt = ['Hello', 'Good']
    const answer = await client.completions.create({ model: 'gpt-4o', prompt, n: 2, best_of: 3, suffix: '!' })
    expect(answer.choices[0]?.text).toBe(' world')
    expect(world.ledger.reservations[0]).toBeGreaterThanOrEqual(2n * 3n * 16n * 10_000n)
    expect(world.vendor.visits[0]?.body).toMatchObject({ max_tokens: 16, model: 'upstream-1' })
    expect(outcome()).toMatchObject({ costNanos: 4n * 2_500n + 2n * 10_000n })
  })

  test('completes in a stream: usage is asked for, and hidden from who did not', async () => {
    const chunk = (text: string, finish: string | null) => ({ choices: [{ index: 0, text, finish_reason: finish }] })
    const usage = { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 }
    world.vendor.script = sayStream([chunk(' wor', null), chunk('ld', 'stop'), { choices: [], usage }, '[DONE]'])
    const stream = await client.completions.create({ model: 'gpt-4o', prompt: 'Hello', stream: true, max_tokens: 5 })
    const chunks: OpenAI.Completion[] = []
    for await (const chunk of stream) chunks.push(chunk)
    expect(chunks.map(({ choices }) => choices[0]?.text).join('')).toBe(' world')
    expect(chunks.some((one) => one.usage)).toBe(false)
    expect(world.vendor.visits[0]?.body.stream_options).toEqual({ include_usage: true })
    expect(outcome()).toMatchObject({ finishReason: 'stop', usage: { inputTokens: 4, outputTokens: 2 } })
  })

  test('an echo of the question is not taken for an answer', async () => {
    const text = 'A long question that comes back before the answer does. '.repeat(40)
    world.vendor.script = sayJson({
      choices: [{ index: 0, text: `${text}Yes`, finish_reason: 'stop' }],
      usage: { prompt_tokens: 440, completion_tokens: 1, total_tokens: 441 },
    })
    await client.completions.create({ model: 'gpt-4o', prompt: text, echo: true, max_tokens: 5 })
    expect(outcome()).toMatchObject({ estimated: false, usage: { outputTokens: 1 } })
  })

  test('moderates', async () => {
    priceIt(freeOfTokens)
    world.vendor.script = sayJson({ id: 'modr-1', model: 'omni', results: [{ flagged: false }] })
    const answer = await client.moderations.create({ model: 'gpt-4o', input: ['Hello'] })
    expect(answer.results[0]?.flagged).toBe(false)
    expect(outcome()).toMatchObject({ dialect: 'openai-moderations', costNanos: 0n })
  })

  test('draws: pictures are paid by the picture, or by their tokens', async () => {
    priceIt(byUnit({ kind: 'image', priceNanos: 40_000_000n, per: 1 }))
    world.vendor.script = sayJson({ created: 1, data: [{ b64_json: 'aaaa' }] })
    await client.images.generate({ model: 'gpt-4o', prompt: 'A cat', n: 2 })
    expect(world.ledger.reservations[0]).toBe(80_000_000n)
    // One came: one is paid.
    expect(outcome()).toMatchObject({ costNanos: 40_000_000n, estimated: false, usage: { units: { image: 1 } } })

    priceIt({ ...price, units: [{ kind: 'image_input_token', priceNanos: 10_000_000_000n, per: 1_000_000 }] })
    const usage = {
      input_tokens: 100,
      output_tokens: 1000,
      total_tokens: 1100,
      input_tokens_details: { text_tokens: 20, image_tokens: 80 },
    }
    world.vendor.script = sayJson({ created: 1, data: [{ b64_json: 'aaaa' }], usage })
    await client.images.generate({ model: 'gpt-4o', prompt: 'A cat' })
    expect(outcome()?.costNanos).toBe(20n * 2_500n + 80n * 10_000n + 1000n * 10_000n)
  })

  test('edits a picture: the form goes as it came, but for the model', async () => {
    const picture = Buffer.from(Array.from({ length: 3000 }, (_, index) => index % 256))
    const usage = { input_tokens: 100, output_tokens: 1000, total_tokens: 1100 }
    world.vendor.script = sayJson({ created: 1, data: [{ b64_json: 'aaaa' }], usage })
    const image = await toFile(picture, 'cat.png', { type: 'image/png' })
    await client.images.edit({ model: 'gpt-4o', image, prompt: 'Add a hat' })
    const [visit] = world.vendor.visits
    expect(visit?.path).toBe('/v1/images/edits')
    const form = await new Response(new Uint8Array(visit?.bytes ?? []), {
      headers: { 'content-type': visit?.headers['content-type'] ?? '' },
    }).formData()
    expect([form.get('model'), form.get('prompt')]).toEqual(['upstream-1', 'Add a hat'])
    expect(Buffer.from(await (form.get('image') as File).arrayBuffer()).equals(picture)).toBe(true)
    expect(outcome()).toMatchObject({ dialect: 'openai-images', estimated: false })
  })

  test('speaks: characters are paid, sound passes as it comes', async () => {
    priceIt(byUnit({ kind: 'character', priceNanos: 15_000_000_000n, per: 1_000_000 }))
    const sound = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256))
    world.vendor.script = (response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg' }).end(sound)
    }
    const answer = await client.audio.speech.create({ model: 'gpt-4o', voice: 'alloy', input: 'Grüß dich 🙂' })
    expect(answer.headers.get('content-type')).toBe('audio/mpeg')
    expect(Buffer.from(await answer.arrayBuffer()).equals(sound)).toBe(true)
    expect(outcome()).toMatchObject({
      dialect: 'openai-speech',
      costNanos: 11n * 15_000n,
      estimated: false,
      usage: { units: { character: 11 } },
    })
  })

  test('writes down: seconds are paid as the vendor counts them, reserved as the recording can last', async () => {
    priceIt(byUnit({ kind: 'second', priceNanos: 6_000_000n, per: 60 }))
    world.vendor.script = sayJson({ text: 'Hello', usage: { type: 'duration', seconds: 3 } })
    const file = await toFile(wav(3), 'hello.wav')
    const answer = await client.audio.transcriptions.create({ model: 'gpt-4o', file })
    expect(answer.text).toBe('Hello')
    expect(world.ledger.reservations[0]).toBe(400_000n)
    expect(outcome()).toMatchObject({ costNanos: 300_000n, estimated: false, usage: { units: { second: 3 } } })
    expect(world.vendor.visits[0]?.bytes.includes('upstream-1')).toBe(true)
    expect(world.vendor.visits[0]?.bytes.includes('gpt-4o')).toBe(false)
  })

  test('writes down as plain text, of which nothing says how long it was: the bound stays', async () => {
    priceIt(byUnit({ kind: 'second', priceNanos: 6_000_000n, per: 60 }))
    world.vendor.script = (response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('Hello\n')
    }
    const file = await toFile(wav(3), 'hello.wav')
    const answer = await client.audio.transcriptions.create({ model: 'gpt-4o', file, response_format: 'text' })
    expect(answer).toBe('Hello\n')
    expect(outcome()).toMatchObject({ costNanos: 400_000n, estimated: true })
  })

  test('writes down with a model that is paid by tokens, of sound and of text', async () => {
    priceIt({ ...price, units: [{ kind: 'audio_input_token', priceNanos: 6_000_000_000n, per: 1_000_000 }] })
    const usage = {
      type: 'tokens',
      input_tokens: 14,
      output_tokens: 5,
      input_token_details: { text_tokens: 4, audio_tokens: 10 },
    }
    world.vendor.script = sayJson({ text: 'Hello', usage })
    await client.audio.translations.create({ model: 'gpt-4o', file: await toFile(wav(1), 'hello.wav') })
    expect(world.vendor.visits[0]?.path).toBe('/v1/audio/translations')
    expect(outcome()?.costNanos).toBe(4n * 2_500n + 10n * 6_000n + 5n * 10_000n)
  })
})

describe('what is asked without a client', () => {
  beforeEach(() => open('node:http'))
  afterEach(() => world.close())

  const documents = ['Oslo is cold.', 'Cairo is warm.']

  test('documents are put in order, paid by the search or by tokens', async () => {
    priceIt(byUnit({ kind: 'search', priceNanos: 2_000_000_000n, per: 1000 }))
    const results = [{ index: 0, relevance_score: 0.9 }]
    world.vendor.script = sayJson({ results, meta: { billed_units: { search_units: 1 } } })
    const body = { model: 'gpt-4o', query: 'Where is it cold?', documents }
    expect(await (await world.post(body, { path: '/v1/rerank' })).json()).toMatchObject({ results })
    expect(outcome()).toMatchObject({ dialect: 'rerank', costNanos: 2_000_000n, estimated: false })

    priceIt(price)
    world.vendor.script = sayJson({ results, usage: { total_tokens: 20 } })
    await world.post(body, { path: '/v1/rerank' })
    expect(outcome()).toMatchObject({ costNanos: 20n * 2_500n, usage: { inputTokens: 20 } })
  })

  test.each([
    ['no model', '/v1/embeddings', { input: 'Hi' }, 'model'],
    ['an input that is none', '/v1/embeddings', { model: 'gpt-4o', input: { text: 'Hi' } }, 'input'],
    ['another model beside it', '/v1/embeddings', { model: 'gpt-4o', input: 'Hi', models: ['other'] }, 'models'],
    ['too many answers', '/v1/completions', { model: 'gpt-4o', prompt: 'Hi', n: 1000 }, 'n'],
    ['a cap that is none', '/v1/completions', { model: 'gpt-4o', prompt: 'Hi', max_tokens: -5 }, 'max_tokens'],
    ['pictures without end', '/v1/images/generations', { model: 'gpt-4o', prompt: 'Hi', n: 100 }, 'n'],
    ['speech of nothing', '/v1/audio/speech', { model: 'gpt-4o', voice: 'alloy', input: '' }, 'input'],
    ['a recording that is no form', '/v1/audio/transcriptions', { model: 'gpt-4o', file: 'aaaa' }, 'file'],
    ['documents that are no list', '/v1/rerank', { model: 'gpt-4o', query: 'Hi', documents: 'Hi' }, 'documents'],
    ['moderation of a number', '/v1/moderations', { model: 'gpt-4o', input: 5 }, 'input'],
  ])('%s is refused with its path, and nothing is sent or charged', async (_, path, body, param) => {
    const answer = await world.post(body, { path })
    expect({ status: answer.status, param: (await answer.json()).error.param }).toEqual({ status: 400, param })
    expect(world.vendor.visits).toEqual([])
    expect(world.ledger.spentNanos + world.ledger.reservedNanos).toBe(0n)
  })

  test.each([
    ['speech', '/v1/audio/speech', { model: 'gpt-4o', voice: 'alloy', input: 'Hi' }, price],
    ['pictures', '/v1/images/generations', { model: 'gpt-4o', prompt: 'Hi' }, freeOfTokens],
    ['a search', '/v1/rerank', { model: 'gpt-4o', query: 'Hi', documents }, freeOfTokens],
    ['embeddings', '/v1/embeddings', { model: 'gpt-4o', input: 'Hi' }, null],
  ] as const)('%s that no price covers is refused to a key with a cap', async (_, path, body, priceOfIt) => {
    priceIt(priceOfIt)
    const answer = await world.post(body, { path })
    expect(answer.status).toBe(400)
    expect((await answer.json()).error.param).toBe('model')
    expect(world.vendor.visits).toEqual([])
  })

  const boundary = 'xyz'
  const partOf = (name: string, value: string | Buffer, filename?: string) =>
    Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename ? `; filename="${filename}"` : ''}\r\n\r\n`,
      ),
      Buffer.from(value),
      Buffer.from('\r\n'),
    ])
  const end = Buffer.from(`--${boundary}--\r\n`)
  const form = (...parts: Buffer[]) =>
    world.send(`${world.baseUrl}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: new Uint8Array(Buffer.concat(parts)),
    })

  test.each([
    ['a model twice', () => [partOf('model', 'gpt-4o'), partOf('model', 'dear'), partOf('file', wav(1), 'a.wav'), end]],
    ['no end', () => [partOf('model', 'gpt-4o'), partOf('file', wav(1), 'a.wav')]],
    ['no recording', () => [partOf('model', 'gpt-4o'), end]],
    ['a recording without a bound', () => [partOf('model', 'gpt-4o'), partOf('file', 'fLaC0000', 'a.flac'), end]],
    ['no form at all', () => [Buffer.from('hello')]],
  ])('a form with %s is refused, and nothing is sent', async (_, parts) => {
    expect((await form(...parts())).status).toBe(400)
    expect(world.vendor.visits).toEqual([])
    expect(world.ledger.reservedNanos).toBe(0n)
  })

  test('MP3 is bounded by its thinnest rate', async () => {
    priceIt(byUnit({ kind: 'second', priceNanos: 6_000_000n, per: 60 }))
    world.vendor.script = sayJson({ text: 'Hello', duration: 9.2 })
    const mp3 = Buffer.concat([Buffer.from([0xff, 0xfb]), Buffer.alloc(49_998)])
    expect((await form(partOf('model', 'gpt-4o'), partOf('file', mp3, 'a.mp3'), end)).status).toBe(200)
    expect(world.ledger.reservations[0]).toBe(50n * 100_000n)
    expect(outcome()).toMatchObject({ costNanos: 10n * 100_000n })
  })
})
