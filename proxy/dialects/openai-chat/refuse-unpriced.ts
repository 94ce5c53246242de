import { asRecord } from '../../json/as-record.ts'
import { refuseField, refuseFields } from '../refuse-fields.ts'
import { refuseNoPicture } from '../refuse-no-picture.ts'
import type { ChatBody } from './parse-request.ts'

/** Tools that the caller runs itself. */
const harmlessTools = new Set(['function', 'custom'])

/** Parts whose tokens can be bounded. A page of a document or a second of sound cannot, from its bytes. */
const harmlessParts = new Set(['text', 'image_url', 'refusal', 'thinking', 'reference'])

export function refuseUnpriced(body: ChatBody): void {
  refuseFields(body)
  if (Array.isArray(body.modalities) && body.modalities.some((modality) => modality !== 'text')) {
    throw refuseField('modalities', 'may only be ["text"]')
  }
  body.tools?.forEach(({ type }, index) => {
    if (type && !harmlessTools.has(type)) throw refuseField(`tools.${index}.type`, 'may only be "function" or "custom"')
  })
  body.messages.forEach(({ content }, index) => {
    if (!Array.isArray(content)) return
    content.forEach(({ type, image_url: image }, place) => {
      const path = `messages.${index}.content.${place}.image_url`
      if (typeof image === 'string') refuseNoPicture(image, path)
      else refuseNoPicture(asRecord(image).url, `${path}.url`)
      if (!harmlessParts.has(type))
        throw refuseField(`messages.${index}.content.${place}.type`, 'may only be text or images')
    })
  })
}
