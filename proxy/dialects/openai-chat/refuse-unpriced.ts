import { asRecord } from '../../json/as-record.ts'
import { malformed } from '../../json/malformed.ts'
import { refuseField, refuseFields } from '../refuse-fields.ts'
import { refuseNoFile } from '../refuse-no-document.ts'
import { refuseNoPicture } from '../refuse-no-picture.ts'
import type { ChatBody } from './parse-request.ts'

/** Tools that the caller runs itself. */
const harmlessTools = new Set(['function', 'custom'])

/** Parts whose tokens can be bounded, be it by the context alone. A second of sound has another price. */
const harmlessParts = new Set(['text', 'image_url', 'file', 'refusal', 'thinking', 'reference'])

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
    content.forEach(({ type, image_url: image, file }, place) => {
      const path = `messages.${index}.content.${place}`
      if (typeof image === 'string') refuseNoPicture(image, `${path}.image_url`)
      else refuseNoPicture(asRecord(image).url, `${path}.image_url.url`)
      if (!harmlessParts.has(type)) throw refuseField(`${path}.type`, 'may only be text, images or files')
      if (type === 'file') refuseFile(asRecord(file), `${path}.file`)
    })
  })
}

/** One that lies with the vendor could be anyone's. */
function refuseFile({ file_id: id, file_data: data }: Readonly<Record<string, unknown>>, path: string): void {
  if (id !== undefined && id !== null) throw refuseField(`${path}.file_id`, 'is not accepted: send the file itself')
  if (typeof data !== 'string' || data === '') throw malformed(`${path}.file_data`, 'must be the file')
  refuseNoFile(data, `${path}.file_data`)
}
