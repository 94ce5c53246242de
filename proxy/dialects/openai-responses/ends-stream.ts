const endings = ['"response.completed"', '"response.incomplete"', '"response.failed"'].map((name) => Buffer.from(name))
const named = /^event: ?response\.(completed|incomplete|failed)\s/

/** Long enough for the name of any event. */
const nameBytes = 64

/** The last event holds the whole answer, so its name is looked for first. Text that quotes one escapes the quotes. */
export function endsStream(event: Uint8Array): boolean {
  const bytes = Buffer.from(event.buffer, event.byteOffset, event.byteLength)
  const beginning = bytes.toString('latin1', 0, nameBytes)
  if (beginning.startsWith('event:')) return named.test(beginning)
  return endings.some((name) => bytes.includes(name))
}
