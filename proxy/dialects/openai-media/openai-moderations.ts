import { z } from 'zod'
import { asRecord } from '../../json/as-record.ts'
import type { Dialect } from '../dialect.ts'
import { openAiChat } from '../openai-chat/openai-chat.ts'
import { parseWith } from '../parse-with.ts'
import { refuseFields } from '../refuse-fields.ts'
import { refuseNoPicture } from '../refuse-no-picture.ts'
import { modelSchema } from './model-schema.ts'
import { readInputReport } from './read-input-report.ts'
import { writeNamed } from './write-named.ts'

const part = z.union([
  z.looseObject({ type: z.literal('text'), text: z.string() }),
  z.looseObject({ type: z.literal('image_url'), image_url: z.looseObject({ url: z.string() }) }),
])

const schema = z.looseObject({
  model: modelSchema.default('omni-moderation-latest'),
  input: z.union([z.string(), z.array(z.string()).min(1), z.array(part).min(1)], {
    error: 'must be text, a list of texts, or a list of text and images',
  }),
})

/** Whether texts or pictures are harmful. OpenAI takes nothing for it; what it is here, the price says. */
export const openAiModerations: Dialect = {
  ...openAiChat,
  name: 'openai-moderations',
  hub: null,
  upstreamPath: () => '/moderations',
  parseRequest({ value, byteLength }) {
    const body = parseWith(schema, value)
    refuseFields(body)
    const parts: unknown[] = typeof body.input === 'string' ? [body.input] : body.input
    parts.forEach((one, index) => {
      const { image_url: image } = asRecord(one)
      if (image !== undefined) refuseNoPicture(asRecord(image).url, `input.${index}.image_url.url`)
    })
    const texts = parts.map((one) => (typeof one === 'string' ? one : ((one as { text?: string }).text ?? '')))
    return {
      model: body.model ?? 'omni-moderation-latest',
      stream: false,
      wantsUsage: false,
      outputCap: 0,
      choices: 1,
      input: {
        textBytes: byteLength,
        images: texts.filter((text) => text === '').length,
        scaffoldTokens: 0,
        readTexts: () => ({ texts, frameTokens: 0 }),
      },
      body,
    }
  },
  writeRequest: writeNamed,
  readReport: readInputReport,
  readText: () => '',
}
