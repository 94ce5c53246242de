const telling = ['"message_start"', '"message_delta"', '"error"'].map((name) => Buffer.from(name))

/** The first event, the one before the last, and failures. Text that quotes these names escapes the quotes. */
export function mayReport(event: Uint8Array): boolean {
  const bytes = Buffer.from(event.buffer, event.byteOffset, event.byteLength)
  return telling.some((name) => bytes.includes(name))
}
