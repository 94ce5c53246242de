import { z } from 'zod'
import type { Dialect } from '../dialect.ts'
import { documentOf } from '../document-of.ts'
import { wordlessAsk } from '../wordless-ask.ts'
import { mediaBase } from './media-base.ts'
import { parseMedia, refuseMedia } from './parse-media.ts'
import { readFormBody } from './read-form-body.ts'

const schema = z.looseObject({
  model: z.string().min(1),
  file: z.instanceof(Buffer),
  prompt: z.string().optional(),
  response_format: z.enum(['json', 'text', 'verbose_json']).optional(),
})

const soundTokensPerSecond = 10

/** Sound becomes words: whisper is paid by the second that has begun, the others by tokens. It reads WAV alone. */
export const openAiTranscriptions: Dialect = {
  ...mediaBase,
  owns: (path) => path === '/v1/audio/transcriptions',
  readBody: readFormBody,
  readAsk(body, _url, tokenizer) {
    const { model, file, prompt, response_format: format } = parseMedia(schema, body)
    const seconds = secondsOf(file)
    const isPaidByTime = model.startsWith('whisper')
    const textTokens = tokenizer.count(prompt ?? '')
    return wordlessAsk(model, {
      // Words are heard after all.
      choices: 1,
      question: `A recording of ${seconds} seconds`,
      promptTokens: isPaidByTime ? 0 : textTokens + Math.ceil(seconds * soundTokensPerSecond),
      units: isPaidByTime
        ? { second: Math.ceil(seconds) }
        : { audio_input_token: Math.ceil(seconds * soundTokensPerSecond) },
      document: { seconds, format: format ?? 'json' },
    })
  },
  writeAnswer({ document, units = {} }, { choices, usage: { completionTokens } }, { report }) {
    const { seconds, format } = document as { seconds: number; format: string }
    const text = choices[0]?.sayings.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join('') ?? ''
    const tokens = units.second === undefined ? completionTokens : 0
    if (format === 'text') {
      const answer = documentOf({}, tokens)
      return { ...answer, headers: { 'content-type': 'text/plain' }, parts: [{ bytes: `${text}\n`, tokens }] }
    }
    const whole =
      format === 'verbose_json' ? { task: 'transcribe', language: 'english', duration: seconds, segments: [] } : {}
    if (units.second !== undefined) {
      const usage = { type: 'duration', seconds: units.second }
      return documentOf({ ...whole, text, ...(report && { usage }) })
    }
    const sound = units.audio_input_token ?? 0
    const usage = report && {
      type: 'tokens',
      input_tokens: report.promptTokens,
      output_tokens: report.completionTokens,
      total_tokens: Number(report.promptTokens) + Number(report.completionTokens),
      input_token_details: { text_tokens: Number(report.promptTokens) - sound, audio_tokens: sound },
    }
    return documentOf({ ...whole, text, ...(report !== undefined && { usage }) }, tokens, report)
  },
}

/** Of plain samples, by the bytes that a second has; the head is 44 bytes long. */
function secondsOf(file: Buffer): number {
  const isWav =
    file.length > 44 && file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WAVE'
  const bytesPerSecond = isWav ? file.readUInt32LE(28) : 0
  if (bytesPerSecond === 0) throw refuseMedia('file', 'Audio file might be corrupted or unsupported')
  return (file.length - 44) / bytesPerSecond
}
