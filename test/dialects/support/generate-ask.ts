import fc from 'fast-check'
import type { Ask, Page, Picture, Result, Shown, Tool, Turn } from './ask.ts'

/** What a dialect has words for. */
export interface Words {
  pages: boolean
  detail: boolean
  errors: boolean
  strict: boolean
  oneAtATime: boolean
  stop: boolean
  /** JSON of no schema. */
  anyJson: boolean
  sampling: ('topK' | 'seed' | 'frequencyPenalty' | 'presencePenalty')[]
  user: boolean
  picturesInResults: boolean
}

const png = `data:image/png;base64,${Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').toString('base64')}`
const jpeg = `data:image/jpeg;base64,${Buffer.from('ffd8ffe000104a464946', 'hex').toString('base64')}`
const pdf = Buffer.from('%PDF-1.4 …').toString('base64')

/** Some text: never blank, never with white space at its ends, which some vendors refuse. */
const text = fc.oneof(
  fc.constantFrom(
    'What is the weather?',
    '你好，世界',
    'Grüße 🎈',
    '{"a": [1, 2]}',
    'line\nline',
    '<b>"quoted"</b>',
    '\\u0041',
  ),
  fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).map((some) => `~${some}~`),
)
const toolNames = ['get_weather', 'add', 'look_up-2'] as const

const schema = fc.constantFrom<unknown>(
  { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
  { type: 'object', properties: { list: { type: 'array', items: { type: 'number' } } }, additionalProperties: false },
  { type: 'object', properties: {}, additionalProperties: false },
)

const input = fc.oneof(
  fc.constant({}),
  fc.record({ city: text }),
  fc.record({ list: fc.array(fc.integer(), { maxLength: 3 }), deep: fc.constant({ a: [null, true, { b: 1.5 }] }) }),
)

const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 3, nil: null })

function picture(words: Words): fc.Arbitrary<Picture> {
  const detail = words.detail ? some(fc.constantFrom('low', 'high')) : fc.constant(null)
  return fc.record({
    picture: fc.constantFrom(png, jpeg, 'https://example.org/a.png', 'http://example.org/b.jpg'),
    detail,
  })
}

const page: fc.Arbitrary<Page> = fc.constantFrom(pdf, 'https://example.org/paper.pdf').map((where) => ({ page: where }))

function shown(words: Words): fc.Arbitrary<Shown> {
  return fc.oneof(
    { weight: 5, arbitrary: text.map((said): Shown => ({ text: said })) },
    { weight: 2, arbitrary: picture(words) },
    ...(words.pages ? [{ weight: 1, arbitrary: page }] : []),
  )
}

/** Rounds of a question, and of calls with a result for each, in any order; the last word is the user's. */
function turns(words: Words, names: readonly string[]): fc.Arbitrary<Turn[]> {
  const inResult = words.picturesInResults
    ? fc.oneof(
        { weight: 4, arbitrary: text.map((said): Shown => ({ text: said })) },
        picture({ ...words, detail: false }),
      )
    : text.map((said): Shown => ({ text: said }))
  const result = fc.record({
    shown: fc.array(inResult, { minLength: 1, maxLength: 2 }),
    isError: words.errors ? fc.boolean() : fc.constant(false),
    /** Where it stands among the others. */
    rank: fc.nat({ max: 9 }),
  })
  const call = fc.record({ name: fc.constantFrom(...names, toolNames[0]), input, result })
  const round = fc.record({
    text: fc.option(text, { nil: '' }),
    calls: fc.array(call, { maxLength: names.length === 0 ? 0 : 3 }),
    after: fc.array(shown(words), { maxLength: 2 }),
  })
  const first = fc.array(shown(words), { minLength: 1, maxLength: 3 })
  return fc.tuple(first, fc.array(round, { maxLength: 3 })).map(([said, rounds]) => {
    const all: Turn[] = [{ role: 'user', results: [], said }]
    let count = 0
    for (const one of rounds) {
      const calls = one.calls.map(({ name, input: given }) => ({ name, input: given }))
      all.push({ role: 'assistant', text: one.text === '' && calls.length === 0 ? 'Well.' : one.text, calls })
      const results = one.calls
        .map(({ result: { shown: seen, isError, rank } }) => ({ of: count++, shown: seen, isError, rank }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ rank: _, ...rest }): Result => rest)
      all.push({
        role: 'user',
        results,
        said: results.length + one.after.length === 0 ? [{ text: 'Go on.' }] : one.after,
      })
    }
    return all
  })
}

/** What can be asked in a dialect of these words. */
export function generateAsk(words: Words): fc.Arbitrary<Ask> {
  const tool = (name: string): fc.Arbitrary<Tool> =>
    fc.record({
      name: fc.constant(name),
      description: some(text),
      parameters: schema,
      isStrict: words.strict ? fc.boolean() : fc.constant(false),
    })
  const sampled = (name: Words['sampling'][number], value: fc.Arbitrary<number>) =>
    words.sampling.includes(name) ? some(value) : fc.constant(null)
  return fc.subarray([...toolNames]).chain((names) =>
    fc.record({
      system: fc.array(text, { maxLength: 2 }),
      turns: turns(words, names),
      tools: fc.tuple(...names.map(tool)),
      toolChoice:
        names.length === 0
          ? fc.constant(null)
          : fc.constantFrom<Ask['toolChoice']>(null, 'auto', 'none', 'required', ...names.map((name) => ({ name }))),
      parallelTools: names.length > 0 && words.oneAtATime ? fc.boolean() : fc.constant(true),
      format: some(fc.record({ schema: words.anyJson ? fc.oneof(schema, fc.constant(null)) : schema })),
      cap: fc.option(fc.integer({ min: 16, max: 9000 }), { nil: null }),
      stop: words.stop ? fc.array(text, { maxLength: 5 }) : fc.constant([]),
      temperature: some(fc.constantFrom(0, 0.25, 1, 1.5)),
      topP: some(fc.constantFrom(0.1, 0.5, 1)),
      topK: sampled('topK', fc.integer({ min: 1, max: 40 })),
      seed: sampled('seed', fc.integer({ min: 0, max: 99_999 })),
      frequencyPenalty: sampled('frequencyPenalty', fc.constantFrom(-0.5, 0, 0.5)),
      presencePenalty: sampled('presencePenalty', fc.constantFrom(-0.5, 0, 1)),
      thinks: some(fc.boolean()),
      user: words.user ? some(fc.constantFrom('ada', 'grace@lab')) : fc.constant(null),
    }),
  )
}
