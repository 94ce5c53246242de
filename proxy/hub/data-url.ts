import type { FilePart } from './conversation.ts'

/** Base64 as a URL that holds it, or the URL itself. */
export function urlOf({ data, mediaType }: FilePart): string {
  return 'url' in data ? data.url : `data:${mediaType};base64,${data.base64}`
}

/** What a URL holds or points at. */
export function fileOf(url: string, otherwise: string): Pick<FilePart, 'mediaType' | 'data'> {
  const [, mediaType, base64] = /^data:([^;,]+)(?:;[^;,]+)*;base64,(.*)$/s.exec(url) ?? []
  return mediaType && base64 !== undefined ? { mediaType, data: { base64 } } : { mediaType: otherwise, data: { url } }
}
