import { StipendError } from '../core/errors.ts'

const maxBytes = 1_000_000

/** The body of a request; empty counts as none. Throws `request_too_large` while reading, or `invalid_request_error`. */
export async function readJsonBody(request: Request): Promise<unknown> {
  const text = await readText(request)
  if (text.trim() === '') return {}
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new StipendError('invalid_request_error', 'Send JSON, and say so: content-type: application/json.')
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new StipendError('invalid_request_error', 'The body is not valid JSON.', { cause })
  }
}

async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength
    if (length > maxBytes) throw new StipendError('request_too_large', `The body may have ${maxBytes} bytes at most.`)
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}
