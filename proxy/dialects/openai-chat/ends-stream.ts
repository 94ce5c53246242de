const done = Buffer.from('[DONE]')

/** `data: [DONE]`, with whatever white space. */
export function endsStream(event: Uint8Array): boolean {
  return event.byteLength < 24 && Buffer.from(event.buffer, event.byteOffset, event.byteLength).includes(done)
}
