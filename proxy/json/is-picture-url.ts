import { isImage } from './is-image.ts'

/** Whether it can be the address of a picture: where it holds one itself, that has to be one. */
export function isPictureUrl(url: string): boolean {
  const [, mediaType, data] = /^data:([^;,]*)(?:;[^;,]+)*;base64,(.*)$/is.exec(url) ?? []
  if (data !== undefined) return isImage(data, (mediaType ?? '').toLowerCase())
  // Some vendors take bare base64, which has no colon in it.
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(url)?.[1]
  return scheme === undefined || /^https?$/i.test(scheme)
}
