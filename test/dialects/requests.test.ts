import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StipendError } from '#lib/core/errors.ts'
import { openChannel } from '#proxy/hub/open-channel.ts'
import { seeds } from '#test/support/seeds.ts'
import { deploymentOf } from '../proxy/support/world.ts'
import type { Ask } from './support/ask.ts'
import { facetOf, facetsOf, holdsField, meaningIn, openFacets } from './support/facets.ts'
import type { Fields } from './support/fields.ts'
import { generateAsk } from './support/generate-ask.ts'
import { fieldsOf, knows, question } from './support/odd-fields.ts'
import { chat } from './support/speak-chat.ts'
import { gemini } from './support/speak-gemini.ts'
import { messages } from './support/speak-messages.ts'
import { responses } from './support/speak-responses.ts'
import type { Choose, Tongue } from './support/tongue.ts'
import { unsayable } from './support/unsayable.ts'

const tongues = [chat, responses, messages, gemini]

/** Models of each kind: with and without thoughts, schemas, sampling. */
const models: Record<string, readonly [vendor: string, model: string][]> = {
  'openai-chat': [
    ['openai', 'gpt-4o'],
    ['openai', 'gpt-5'],
    ['deepseek', 'deepseek-chat'],
  ],
  'openai-responses': [['openai', 'gpt-5']],
  'anthropic-messages': [
    ['anthropic', 'claude-sonnet-4-5'],
    ['anthropic', 'claude-opus-4-7'],
    ['anthropic', 'claude-3-haiku'],
  ],
  gemini: [
    ['gemini', 'gemini-2.5-flash'],
    ['gemini', 'gemini-3-pro'],
    ['gemini', 'gemini-2.0-flash'],
  ],
}

const pairs = tongues.flatMap((from) => tongues.filter((to) => to !== from).map((to) => ({ from, to })))
const runsPerSeed = 60
const unsigned = ',"thoughtSignature":"skip_thought_signature_validator"'
const chosenSeeds = seeds(1)

/** The first way to say something, always. */
const plainly: Choose = (...some) => some[0] as (typeof some)[number]

interface Sent {
  body: Fields
  dropped: string[]
}

/** What reaches a vendor of `to` when a caller of `from` sends `body`. */
function send(body: Fields, from: Tongue, to: Tongue, [vendor, upstreamModel]: readonly [string, string]): Sent {
  const byteLength = Buffer.byteLength(JSON.stringify(body))
  const request = from.dialect.parseRequest(
    { value: body, byteLength },
    { path: from.path({ stream: false }), query: '', headers: {} },
  )
  const deployment = deploymentOf({ baseUrl: 'https://vendor.test' }, { vendor, upstreamModel, speaks: [to.name] })
  const channel = openChannel(from.dialect, request, deployment)
  if (!channel) throw new Error('there is no way')
  const written = channel.wire.writeRequest(channel.request, deployment, null)
  return { body: JSON.parse(written.toString()), dropped: channel.translation?.dropped ?? [] }
}

/** Some way to say each thing, drawn beforehand. */
const ways = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 40 })

function chooserOf(numbers: readonly number[]): Choose {
  let count = 0
  return (...some) => some[(numbers[count++ % numbers.length] ?? 0) % some.length] as (typeof some)[number]
}

function forAll(
  from: Tongue,
  to: Tongue,
  hold: (ask: Ask, body: Fields, model: readonly [string, string]) => void,
): void {
  for (const seed of chosenSeeds) {
    fc.assert(
      fc.property(
        generateAsk(from.words),
        ways,
        fc.constantFrom(...(models[to.name] ?? [])),
        (asked, numbers, model) => {
          const body = from.say(asked, chooserOf(numbers))
          hold(from.hear(from.say(asked, plainly)), body, model)
        },
      ),
      { seed, numRuns: runsPerSeed },
    )
  }
}

describe.each(pairs)('$from.name asked of $to.name', ({ from, to }) => {
  test('means the same there, or is refused by the name of a field of the caller’s', () => {
    forAll(from, to, (ask, body, model) => {
      const limits = unsayable(ask, to)
      let sent: Sent
      try {
        sent = send(body, from, to, model)
      } catch (error) {
        if (!(error instanceof StipendError)) throw error
        expect(limits, error.message).not.toEqual([])
        expect(error).toMatchObject({ code: 'invalid_request_error', param: expect.any(String) })
        expect(holdsField(body, error.param ?? ''), `${error.param} is no field of the caller’s`).toBe(true)
        return
      }
      expect(limits).toEqual([])
      const heard = facetsOf(to.hear(sent.body))
      const meant = facetsOf(meaningIn(to.name, ask))
      for (const name of sent.dropped) expect(holdsField(body, name), `${name} is no field of the caller’s`).toBe(true)
      expectSame(meant, heard, sent.dropped, openFacets(to.name, ask, sent.body))
    })
  })

  test('means the same when it is asked back', () => {
    forAll(from, to, (ask, body, model) => {
      if (unsayable(ask, to).length > 0) return
      const there = send(body, from, to, model)
      const request =
        to.name === 'gemini'
          ? there.body
          : { ...(to === messages && { max_tokens: 9999 }), ...there.body, model: 'any' }
      // A tool that stands for the answer is a device of ours, which no caller speaks.
      if (JSON.stringify(request).includes('stipend_json_answer')) return
      const asked = to.hear(request)
      if (unsayable(asked, from).length > 0) return
      const back = send(request, to, from, models[from.name]?.[0] as readonly [string, string])
      const meant = facetsOf(meaningIn(from.name, meaningIn(to.name, { ...ask, cap: ask.cap ?? asked.cap })))
      const open = [...openFacets(to.name, ask, there.body), ...openFacets(from.name, asked, back.body)]
      expectSame(meant, facetsOf(from.hear(back.body)), [...there.dropped, ...back.dropped], open, true)
    })
  })
})

test.each(tongues)('$name passes as it is to a vendor that speaks it', (tongue) => {
  forAll(tongue, tongue, (_, body, model) => {
    // Vendors of another's dialect have their own rows of what they call otherwise.
    if (model[0] === 'deepseek') return
    const { body: sent, dropped } = send(body, tongue, tongue, model)
    const named = tongue.name === 'gemini' ? body : { ...body, model: model[1] }
    // In the same order, too; Gemini 3 is told of calls that nobody signed, over which it would stumble.
    expect(JSON.stringify(sent).replaceAll(unsigned, '')).toBe(JSON.stringify(named))
    expect(dropped).toEqual([])
  })
})

/** Facets that differ are those that were said to be dropped. */
function expectSame(meant: Fields, heard: Fields, dropped: string[], open: string[], isRoundTrip = false): void {
  const left = new Set(dropped.map(facetOf))
  for (const facet of Object.keys(meant)) {
    if (open.includes(facet)) continue
    if (!left.has(facet)) expect({ [facet]: heard[facet] }).toEqual({ [facet]: meant[facet] })
    // What is said to be left out was left out.
    else if (!isRoundTrip) expect({ [facet]: heard[facet] }).not.toEqual({ [facet]: meant[facet] })
  }
  for (const facet of left) expect(Object.keys(meant)).toContain(facet)
}

describe.each(tongues)('what only some have words for, said in $name', (from) => {
  test.each(fieldsOf(from.name))('%s', (name, more) => {
    const body = { ...from.say(question, plainly), ...more }
    for (const to of tongues.filter((one) => one !== from && !knows(one, name))) {
      try {
        expect(send(body, from, to, models[to.name]?.[0] ?? ['', '']).dropped, to.name).toContain(name)
      } catch (error) {
        if (!(error instanceof StipendError)) throw error
        expect(error, to.name).toMatchObject({ code: 'invalid_request_error', param: name })
      }
      expect(holdsField(body, name)).toBe(true)
    }
  })
})

test.each(tongues)('$name refuses a picture that is none by its path, whoever would answer', (from) => {
  const picture = `data:image/png;base64,${Buffer.from('This is a text.').toString('base64')}`
  const body = from.say(
    { ...question, turns: [{ role: 'user', results: [], said: [{ picture, detail: null }] }] },
    plainly,
  )
  for (const to of tongues) {
    const sent = () => send(body, from, to, models[to.name]?.[0] ?? ['', ''])
    expect(sent).toThrow(expect.objectContaining({ code: 'invalid_request_error', param: expect.any(String) }))
    try {
      sent()
    } catch (error) {
      const { param = '' } = error as StipendError
      expect(holdsField(body, param), param).toBe(true)
      expect(param).toMatch(/url|data/)
    }
  }
})
