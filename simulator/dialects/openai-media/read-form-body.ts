import type { Arrival } from '../dialect.ts'
import { refuseMedia } from './parse-media.ts'

/** The fields of a form, files as their bytes. */
export async function readFormBody({ headers, body }: Arrival): Promise<unknown> {
  const type = headers['content-type'] ?? ''
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    const fields = await Promise.all(
      [...form].map(async ([name, value]) => [
        name,
        typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()),
      ]),
    )
    return Object.fromEntries(fields)
  } catch {
    throw refuseMedia('file', 'Could not parse multipart form')
  }
}
