import { StipendError } from '#lib/core/errors.ts'

/** A whole body of a provider, or `upstream_error` when it is larger than anyone should answer. */
export async function readAll(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let byteLength = 0
  for await (const chunk of body) {
    byteLength += chunk.byteLength
    if (byteLength > maxBytes) throw new StipendError('upstream_error', 'The provider answered more than fits here.')
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, byteLength)
}
