import { asRecord } from '../../json/as-record.ts'
import { isImage } from '../../json/is-image.ts'
import { malformed } from '../../json/malformed.ts'
import { refuseNoDocument } from '../refuse-no-document.ts'
import type { Content } from './content-schema.ts'
import { camelOf, field } from './fields.ts'

/** What is in the parts of some turns. */
export interface Parts {
  texts: string[]
  images: number
  /** The base64 of those images, which is no text. */
  imageBytes: number
  /** Files whose tokens nobody can count from here: pages, sound, moving pictures. */
  documents: number
  hasSound: boolean
}

const knownParts = new Set([
  'text',
  'inlineData',
  'fileData',
  'functionCall',
  'functionResponse',
  'executableCode',
  'codeExecutionResult',
  'thought',
  'thoughtSignature',
  'videoMetadata',
  'mediaResolution',
  'partMetadata',
])

/** Where the lab's own files are, which no caller may name. */
const ownFiles = /^https:\/\/(?:[\w.-]+\.)?(?:googleapis\.com|storage\.cloud\.google\.com)\//i

export function readParts(turns: { content: Content; path: string }[]): Parts {
  const found: Parts = { texts: [], images: 0, imageBytes: 0, documents: 0, hasSound: false }
  for (const { content, path } of turns) {
    if (content.role) found.texts.push(content.role)
    for (const [index, part] of (content.parts ?? []).entries()) readPart(part, `${path}.parts.${index}`, found)
  }
  return found
}

function readPart(part: Readonly<Record<string, unknown>>, path: string, found: Parts): void {
  for (const name of Object.keys(part)) {
    if (!knownParts.has(camelOf(name))) throw malformed(`${path}.${name}`, 'is not known here')
  }
  const inline = field(part, 'inlineData')
  const file = field(part, 'fileData')
  if (inline != null) readInline(asRecord(inline), `${path}.inlineData`, found)
  else if (file != null) readFile(asRecord(file), `${path}.fileData`, found)
  else if (typeof part.text === 'string') found.texts.push(part.text)
  else found.texts.push(JSON.stringify(part))
}

function readInline(blob: Readonly<Record<string, unknown>>, path: string, found: Parts): void {
  const mimeType = String(field(blob, 'mimeType') ?? '')
  const { data } = blob
  if (typeof data !== 'string' || data === '') throw malformed(`${path}.data`, 'must be base64')
  if (!mimeType.startsWith('image/')) {
    refuseNoDocument(data, mimeType, `${path}.data`)
    noteDocument(mimeType, found)
    return
  }
  if (!isImage(data, mimeType)) throw malformed(`${path}.data`, `is not ${mimeType} in base64`)
  found.images++
  found.imageBytes += data.length
}

function readFile(file: Readonly<Record<string, unknown>>, path: string, found: Parts): void {
  const uri = field(file, 'fileUri')
  if (typeof uri !== 'string' || !/^https:\/\//i.test(uri) || ownFiles.test(uri)) {
    throw malformed(`${path}.fileUri`, 'must be a public https address: the files of the account are not shared')
  }
  found.texts.push(uri)
  const mimeType = String(field(file, 'mimeType') ?? '')
  if (mimeType.startsWith('image/')) found.images++
  else noteDocument(mimeType, found)
}

function noteDocument(mimeType: string, found: Parts): void {
  found.documents++
  // A film has a sound track, and an unnamed file may be anything.
  found.hasSound ||= !mimeType || /^(?:audio|video)\//.test(mimeType)
}
