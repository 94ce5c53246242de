import { StipendError } from '#lib/core/errors.ts'
import type { IncomingRequest } from '../exchange.ts'
import { headerOf } from '../exchange.ts'
import { checkJson } from '../json/check-json.ts'
import { type Form, readForm } from '../json/read-form.ts'
import { ClientGone } from './client-gone.ts'

/** What a body says, and how long it was. */
export interface JsonBody {
  value: unknown
  byteLength: number
  /** Where it came as a form: its fields are the value. */
  form?: Form
}

/** Reads the whole body, never more than `maxBytes` of it, and parses it as JSON that means one thing only. */
export async function readJson(
  request: IncomingRequest,
  maxBytes: number,
  takesForms: boolean | undefined,
): Promise<JsonBody> {
  const contentType = headerOf(request, 'content-type')
  if (takesForms && contentType && /^multipart\/form-data\s*;/i.test(contentType)) {
    const bytes = await readBytes(request, maxBytes)
    const form = readForm(bytes, contentType)
    return { value: form.fields, byteLength: bytes.byteLength, form }
  }
  if (contentType && !/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType)) {
    throw refuse(
      `The body must be JSON: send "content-type: application/json" instead of "${contentType.slice(0, 80)}".`,
    )
  }
  const encoding = headerOf(request, 'content-encoding')
  if (encoding && encoding.toLowerCase() !== 'identity') throw refuse('Compressed bodies are not read: send it plain.')

  const bytes = await readBytes(request, maxBytes)
  const text = decode(bytes)
  checkJson(text)
  return { value: parse(text), byteLength: bytes.byteLength }
}

async function readBytes(request: IncomingRequest, maxBytes: number): Promise<Uint8Array> {
  if (Number(headerOf(request, 'content-length')) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Uint8Array[] = []
  let byteLength = 0
  try {
    for await (const chunk of request.body) {
      byteLength += chunk.byteLength
      if (byteLength > maxBytes) throw tooLarge(maxBytes)
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof StipendError ? error : new ClientGone()
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, byteLength)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw refuse('The body is not valid UTF-8.', cause)
  }
}

function parse(text: string): unknown {
  if (text.trim() === '') throw refuse('The body is empty: send a JSON object.')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw refuse('The body is not valid JSON.', cause)
  }
}

function refuse(message: string, cause?: unknown): StipendError {
  return new StipendError('invalid_request_error', message, { cause })
}

function tooLarge(maxBytes: number): StipendError {
  return new StipendError('request_too_large', `The body is larger than ${maxBytes} bytes. Send less at a time.`)
}
