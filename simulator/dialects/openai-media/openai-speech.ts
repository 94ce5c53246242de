import { z } from 'zod'
import type { Part } from '../../answer.ts'
import type { Dialect } from '../dialect.ts'
import { wordlessAsk } from '../wordless-ask.ts'
import { mediaBase } from './media-base.ts'
import { parseMedia } from './parse-media.ts'

const schema = z.looseObject({
  model: z.string().min(1),
  input: z.string().min(1).max(4096),
  voice: z.string().min(1),
  response_format: z.enum(['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm']).nullish(),
  speed: z.number().min(0.25).max(4).nullish(),
})

/** A frame of MP3 at 128 kbit/s in which nothing is heard. */
const silentFrame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)])

/** A frame of sound for every character; nothing tells of usage. */
export const openAiSpeech: Dialect = {
  ...mediaBase,
  owns: (path) => path === '/v1/audio/speech',
  readAsk(body) {
    const { model, input } = parseMedia(schema, body)
    return wordlessAsk(model, { stream: true, units: { character: [...input].length } })
  },
  writeAnswer({ units }) {
    const parts = Array.from({ length: units?.character ?? 0 }, (): Part => ({ bytes: silentFrame, tokens: 0 }))
    return { status: 200, headers: { 'content-type': 'audio/mpeg' }, isStream: true, parts, ending: 'end' }
  },
}
