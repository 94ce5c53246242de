import { isDocument } from '../json/is-document.ts'
import { malformed } from '../json/malformed.ts'

/** Throws for base64 that says it is a document and is none: a vendor would only find out after it was sent. */
export function refuseNoDocument(data: unknown, mediaType: unknown, param: string): void {
  if (typeof data === 'string' && isDocument(data, String(mediaType))) return
  throw malformed(param, `is not ${mediaType} in base64`)
}

/** The same for a file as OpenAI takes it: a URL that holds it, or bare base64. */
export function refuseNoFile(file: unknown, param: string): void {
  const [, mediaType, data] = /^data:([^;,]*)(?:;[^;,]+)*;base64,(.*)$/s.exec(String(file)) ?? []
  if (data !== undefined) refuseNoDocument(data, mediaType, param)
}
