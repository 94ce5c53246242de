import { z } from 'zod'
import type { Dialect } from '../dialect.ts'
import { openAiChat } from '../openai-chat/openai-chat.ts'
import { parseWith } from '../parse-with.ts'
import { refuseFields } from '../refuse-fields.ts'
import { modelSchema } from './model-schema.ts'
import { writeNamed } from './write-named.ts'

const schema = z.looseObject({
  model: modelSchema,
  input: z.string().min(1).max(100_000),
  stream_format: z.enum(['sse', 'audio']).nullish(),
})

const silent = { usage: null, broken: false, finishReason: null, failed: false }

/** Words become sound. Vendors say nothing of what it came to, so the characters pay: they are known beforehand. */
export const openAiSpeech: Dialect = {
  ...openAiChat,
  name: 'openai-speech',
  hub: null,
  answersBytes: true,
  upstreamPath: () => '/audio/speech',
  parseRequest({ value, byteLength }) {
    const body = parseWith(schema, value)
    refuseFields(body)
    return {
      model: body.model,
      stream: true,
      ...(body.stream_format !== 'sse' && { framing: 'bytes' }),
      wantsUsage: true,
      outputCap: 0,
      choices: 1,
      input: {
        textBytes: byteLength,
        images: 0,
        scaffoldTokens: 0,
        readTexts: () => ({ texts: [body.input], frameTokens: 0 }),
      },
      units: { character: [...body.input].length },
      paidBy: { kind: 'character', orTokens: false },
      body,
    }
  },
  writeRequest: writeNamed,
  mayReport: () => false,
  endsStream: () => false,
  readReport: () => silent,
  readText: () => '',
}
