import { isImage } from './is-image.ts'

/** Whether it can be the address of a picture: where it holds one itself, that has to be one. */
export function isPictureUrl(url: string): boolean {
  const [, mediaType, data] = /^data:([^;,]*)(?:;[^;,]+)*;base64,(.*)$/is.exec(url) ?? []
  if (data !== undefined) return isImage(data, (mediaType ?? '').toLowerCase())
  return !/^data:/i.test(url)
}
