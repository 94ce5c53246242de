import { StipendError } from '#lib/core/errors.ts'

export interface FormFile {
  name: string
  bytes: Buffer
}

/** A form as it came (multipart/form-data, RFC 7578). */
export interface Form {
  contentType: string
  fields: Record<string, string>
  files: FormFile[]
  /** All of its bytes, but with another value for one field. */
  withField(name: string, value: string): Uint8Array
}

const maxParts = 256

/** Reads a form by cutting it at its boundary; the parts themselves are never touched. */
export function readForm(bytes: Uint8Array, contentType: string): Form {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const boundary = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType)?.slice(1).find(Boolean)
  if (!boundary) throw refuse('its content type names no boundary')
  const places = new Map<string, { from: number; to: number }>()
  const fields: Record<string, string> = Object.create(null)
  const files: FormFile[] = []

  for (const { from, to } of cut(whole, boundary)) {
    const headEnd = whole.indexOf('\r\n\r\n', from)
    if (headEnd === -1 || headEnd > to) throw refuse('a part of it has no end of its headers')
    const { name, isFile } = readHead(whole.subarray(from, headEnd).toString('utf8'))
    const place = { from: headEnd + 4, to }
    if (isFile) {
      files.push({ name, bytes: whole.subarray(place.from, place.to) })
      continue
    }
    // Two readers could each take another one; lists say so by their name.
    if (Object.hasOwn(fields, name) && !name.endsWith('[]')) throw refuse(`it has the field ${name.slice(0, 64)} twice`)
    fields[name] = whole.subarray(place.from, place.to).toString('utf8')
    places.set(name, place)
  }
  return {
    contentType,
    fields,
    files,
    withField(name, value) {
      const place = places.get(name)
      if (!place) throw new Error(`the form has no field ${name}`)
      return Buffer.concat([whole.subarray(0, place.from), Buffer.from(value), whole.subarray(place.to)])
    },
  }
}

/** From after each boundary's line to before the line break that belongs to the next. */
function cut(whole: Buffer, boundary: string): { from: number; to: number }[] {
  const mark = Buffer.from(`\r\n--${boundary}`)
  const parts: { from: number; to: number }[] = []
  let at = whole.indexOf(mark.subarray(2))
  if (at !== 0) throw refuse('it does not begin with its boundary')
  at += mark.length - 2
  for (;;) {
    if (whole.subarray(at, at + 2).toString('latin1') === '--') return parts
    const from = whole.indexOf('\r\n', at) + 2
    // A part without headers begins with the line break that ends them.
    const to = whole.indexOf(mark, from - 2)
    if (from === 1 || to === -1) throw refuse('its last boundary is missing')
    parts.push({ from, to })
    if (parts.length > maxParts) throw refuse(`it has more than ${maxParts} parts`)
    at = to + mark.length
  }
}

function readHead(head: string): { name: string; isFile: boolean } {
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1] ?? ''
  const name = /(?:^|;)\s*name="((?:[^"\\]|\\.){1,200})"/i.exec(disposition)?.[1]
  if (!name) throw refuse('a part of it has no name')
  return { name, isFile: /;\s*filename\*?=/i.test(disposition) }
}

function refuse(reason: string): StipendError {
  return new StipendError('invalid_request_error', `The form was refused: ${reason}.`)
}
