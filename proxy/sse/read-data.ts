import { createParser } from 'eventsource-parser'

/** The JSON values in the data of some events. What is no JSON, such as `[DONE]`, is left out. */
export function readData(events: Uint8Array): unknown[] {
  const values: unknown[] = []
  const parser = createParser({
    onEvent({ data }) {
      const value = parse(data)
      if (value !== undefined) values.push(value)
    },
  })
  parser.feed(`${Buffer.from(events.buffer, events.byteOffset, events.byteLength).toString('utf8')}\n\n`)
  return values
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
