import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkJson } from '#proxy/json/check-json.ts'

/** JSON text with the keys as given, so also twice; `twice` says whether some object has one twice. */
interface Written {
  text: string
  twice: boolean
}

const key = fc.constantFrom('a', 'b', '', 'ü', 'a"', '\\', '{', '__proto__')

/** One key in one of the ways in which JSON can spell it. */
const spelled = fc.tuple(key, fc.boolean()).map(([name, escaped]) => ({
  name,
  literal: escaped
    ? `"${[...name].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`
    : JSON.stringify(name),
}))

const { value } = fc.letrec<{ value: Written }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc
      .oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.double({ noNaN: true, noDefaultInfinity: true }))
      .map((leaf) => ({ text: JSON.stringify(leaf), twice: false })),
    fc.constantFrom('"}"', '"\\\\"', '"\\",\\"a\\":"', 'null', ' [ ] ', '{ }').map((text) => ({ text, twice: false })),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => ({
      text: `[${items.map((item) => item.text).join(' ,')}]`,
      twice: items.some((item) => item.twice),
    })),
    fc.array(fc.tuple(spelled, tie('value')), { maxLength: 4 }).map((fields) => ({
      text: `{${fields.map(([{ literal }, field]) => `${literal} : ${field.text}`).join(' , ')}}`,
      twice: new Set(fields.map(([{ name }]) => name)).size < fields.length || fields.some(([, field]) => field.twice),
    })),
  ),
}))

function refusal(text: string): string | null {
  try {
    checkJson(text)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

describe('checking JSON', () => {
  test('finds a key that one object has twice, however it is spelled, and nothing else', () => {
    fc.assert(
      fc.property(value, ({ text, twice }) => {
        JSON.parse(text)
        expect(refusal(text)?.includes('twice') ?? false).toBe(twice)
      }),
      { numRuns: 2000 },
    )
  })

  test('ends on any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void refusal(text)))
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ',', ':', 'a') }),
        (text) => void refusal(text),
      ),
    )
  })

  test('says which key', () => {
    expect(refusal('{"x":[{"model":1,"mode\\u006c":2}]}')).toContain('"model"')
  })

  test('the same key in two objects is no offence', () => {
    expect(refusal('[{"a":1},{"a":{"a":1}},{"b":"a","a":"a"}]')).toBeNull()
  })

  test.each([
    ['deep', `${'['.repeat(128)}${']'.repeat(128)}`, null],
    ['too deep', `${'['.repeat(129)}${']'.repeat(129)}`, 'nested'],
    ['too deep, in objects', `${'{"a":'.repeat(129)}1${'}'.repeat(129)}`, 'nested'],
    ['many keys', `{${Array.from({ length: 100_001 }, (_, index) => `"${index}":0`).join()}}`, 'more than 100000 keys'],
  ])('%s', (_, text, reason) => {
    if (reason === null) expect(refusal(text)).toBeNull()
    else expect(refusal(text)).toContain(reason)
  })

  test('takes time in proportion to the text, whatever it is made of', () => {
    // Quadratic behaviour would need minutes for each of these.
    const size = 8_000_000
    for (const text of [
      `"${'\\'.repeat(size)}"`,
      `"${'\\"'.repeat(size / 2)}"`,
      '"'.repeat(size),
      `["${'x'.repeat(size)}"]`,
      '{'.repeat(128) + '"a":'.repeat(size / 4),
    ]) {
      refusal(text)
    }
  })
})
