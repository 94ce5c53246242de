import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinBytes } from '#proxy/sse/join-bytes.ts'
import { readData } from '#proxy/sse/read-data.ts'
import { splitEvents } from '#proxy/sse/split-events.ts'

const lineEnd = fc.constantFrom('\n', '\r\n', '\r')

const event = fc
  .record({
    lines: fc.array(
      fc.oneof(
        fc.jsonValue().map((value) => `data: ${JSON.stringify(value)}`),
        fc.string({ unit: 'grapheme' }).map((text) => `: ${text.replace(/[\r\n]/g, '')}`),
        fc.constant('event: message'),
        fc.constant('data: [DONE]'),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    end: lineEnd,
  })
  .map(({ lines, end }) => lines.map((line) => line + end).join('') + end)

/** A stream, and where to cut it: anywhere, so also inside a character and between CR and LF. */
const stream = fc
  .tuple(fc.array(event, { maxLength: 8 }), fc.string({ unit: 'grapheme', maxLength: 10 }))
  .map(([events, tail]) => Buffer.from(events.join('') + tail.replace(/[\r\n]/g, '')))
  .chain((bytes) => fc.tuple(fc.constant(bytes), fc.array(fc.nat(bytes.length), { maxLength: 20 })))

function pieces(bytes: Buffer, cuts: number[]): Buffer[] {
  const places = [0, ...cuts.sort((one, other) => one - other), bytes.length]
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end))
}

function split(chunks: Uint8Array[]): { events: Uint8Array[]; rest: Uint8Array[] } {
  const splitter = splitEvents()
  const events = chunks.flatMap((chunk) => splitter.push(chunk))
  return { events, rest: splitter.rest() }
}

describe('a stream of events', () => {
  test('is the sum of its pieces, byte for byte, however it arrives', () => {
    fc.assert(
      fc.property(stream, ([bytes, cuts]) => {
        const { events, rest } = split(pieces(bytes, cuts))
        expect(Buffer.concat([...events, ...rest]).equals(bytes)).toBe(true)
      }),
    )
  })

  test('is cut at the same places, however it arrives', () => {
    fc.assert(
      fc.property(stream, ([bytes, cuts]) => {
        const texts = ({ events, rest }: ReturnType<typeof split>) => [...events, ...rest].map(String)
        expect(texts(split(pieces(bytes, cuts)))).toEqual(texts(split([bytes])))
      }),
    )
  })

  test('says in pieces what it says as a whole', () => {
    fc.assert(
      fc.property(stream, ([bytes, cuts]) => {
        const { events, rest } = split(pieces(bytes, cuts))
        expect([...events, ...rest].flatMap((piece) => readData(piece))).toEqual(readData(bytes))
      }),
    )
  })

  test.each(['\n', '\r\n', '\r'])('is given out as soon as an event is complete, with line ends %j', (end) => {
    const splitter = splitEvents()
    expect(splitter.push(Buffer.from(`data: 1${end}`))).toEqual([])
    // Only a lone CR has to wait for what follows it.
    const second = splitter.push(Buffer.from(`${end}data: 2${end}${end}`)).map(String)
    expect(second).toEqual([`data: 1${end}${end}`, `data: 2${end}${end}`].slice(0, end === '\r' ? 1 : 2))
  })

  test('does not grow without end', () => {
    const splitter = splitEvents()
    const megabyte = Buffer.alloc(1024 * 1024, 'x')
    expect(() => {
      for (let count = 0; count < 64; count++) splitter.push(megabyte)
    }).toThrow('without end')
  })
})

describe('joining bytes', () => {
  test('copies nothing that lies side by side', () => {
    const bytes = Buffer.from('abcdef')
    const joined = joinBytes([bytes.subarray(1, 3), bytes.subarray(3, 4), bytes.subarray(4, 5)])
    expect(joined.buffer).toBe(bytes.buffer)
    expect(String(Buffer.from(joined))).toBe('bcde')
  })

  test('copies what does not', () => {
    const bytes = Buffer.from('abcdef')
    expect(String(Buffer.from(joinBytes([bytes.subarray(0, 1), bytes.subarray(2, 3)])))).toBe('ac')
    expect(joinBytes([])).toHaveLength(0)
  })
})
