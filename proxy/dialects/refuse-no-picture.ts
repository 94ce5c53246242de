import { StipendError } from '#lib/core/errors.ts'
import { isPictureUrl } from '../json/is-picture-url.ts'

/** Throws for what says that it is a picture and is none: a vendor would only find out after it was sent. */
export function refuseNoPicture(url: unknown, param: string): void {
  if (typeof url !== 'string' || isPictureUrl(url)) return
  const message = `${param} is no picture in base64. Send a PNG, JPEG, GIF or WebP, or its address.`
  throw new StipendError('invalid_request_error', message, { param })
}
