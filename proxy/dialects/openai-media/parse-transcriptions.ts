import { z } from 'zod'
import { StipendError } from '#lib/core/errors.ts'
import type { JsonBody } from '../../steps/read-json.ts'
import type { Asked, ModelRequest } from '../dialect.ts'
import { parseWith } from '../parse-with.ts'
import { refuseFields } from '../refuse-fields.ts'
import { boundSeconds } from './bound-seconds.ts'
import { modelSchema } from './model-schema.ts'

const schema = z.looseObject({
  model: modelSchema,
  prompt: z.string().nullish(),
  stream: z.enum(['true', 'false']).nullish(),
})

/** The context of every model that is paid by tokens for this, in and out. */
const mostTokens = 16_384

export function parseTranscriptions({ value, byteLength, form }: JsonBody, { path }: Asked): ModelRequest {
  const body = parseWith(schema, value)
  refuseFields(body)
  const file = form?.files.find(({ name }) => name === 'file')
  if (!form || !file || form.files.length > 1) {
    const message = 'Send one recording as "file" in a form (multipart/form-data).'
    throw new StipendError('invalid_request_error', message, { param: 'file' })
  }
  const seconds = boundSeconds(file.bytes)
  if (seconds === null) {
    const message = 'file: no bound is known for how long this recording can be. Send WAV, MP3, Ogg, WebM or M4A.'
    throw new StipendError('invalid_request_error', message, { param: 'file' })
  }
  return {
    model: body.model,
    method: /\/translations$/.test(path) ? 'translations' : 'transcriptions',
    stream: body.stream === 'true',
    wantsUsage: true,
    outputCap: mostTokens,
    choices: 1,
    input: {
      textBytes: byteLength - file.bytes.length + mostTokens,
      images: 0,
      scaffoldTokens: 0,
      readTexts: () => ({ texts: [body.prompt ?? ''], frameTokens: mostTokens }),
    },
    units: { second: seconds, audio_input_token: 1 },
    paidBy: { kind: 'second', orTokens: true },
    form,
    contentType: form.contentType,
    body,
  }
}
