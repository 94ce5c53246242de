import { asRecord } from '../../json/as-record.ts'
import type { JsonBody } from '../../steps/read-json.ts'
import type { Asked, ModelRequest } from '../dialect.ts'
import { parseWith } from '../parse-with.ts'
import type { Content } from './content-schema.ts'
import { field } from './fields.ts'
import { configSchema, generateSchema } from './generate-schema.ts'
import { measureInput } from './measure-input.ts'
import { readParts } from './read-parts.ts'
import { readTarget } from './read-target.ts'
import { refuseTools } from './refuse-tools.ts'
import { refuseUnpriced } from './refuse-unpriced.ts'

export function parseGenerate({ value, byteLength }: JsonBody, { path, query }: Asked): ModelRequest {
  const { model, method } = readTarget(path)
  const body = parseWith(generateSchema, value)
  refuseUnpriced(body)
  refuseTools(body)
  const config = asRecord(field(body, 'generationConfig'))
  const { maxOutputTokens, candidateCount, thinkingConfig } = readConfig(config)
  const { thinkingBudget } = thinkingConfig

  const system = field(body, 'systemInstruction') as Content | null | undefined
  const turns = body.contents.map((content, index) => ({ content, path: `contents.${index}` }))
  const parts = readParts(system ? [...turns, { content: system, path: 'systemInstruction' }] : turns)
  const spoken = [body.tools, field(config, 'responseSchema'), field(config, 'responseJsonSchema')]

  const stream = method === 'streamGenerateContent'
  const isArray = stream && new URLSearchParams(query).get('alt') !== 'sse'
  return {
    model,
    method,
    stream,
    ...(isArray ? { framing: 'array' as const } : stream && { query: 'alt=sse' }),
    wantsUsage: true,
    // Thoughts are part of the output; where they have a budget of their own, nothing says that it is within the cap.
    outputCap: maxOutputTokens ? maxOutputTokens + Math.max(0, thinkingBudget ?? 0) : null,
    choices: candidateCount ?? 1,
    input: measureInput(parts, spoken, byteLength),
    units: {
      image_output_token: 1,
      audio_output_token: 1,
      ...(parts.images > 0 && { image_input_token: 1 }),
      ...(parts.hasSound && { audio_input_token: 1 }),
    },
    body,
  }
}

function readConfig(config: Readonly<Record<string, unknown>>) {
  const thinking = asRecord(field(config, 'thinkingConfig'))
  const generationConfig = {
    maxOutputTokens: field(config, 'maxOutputTokens'),
    candidateCount: field(config, 'candidateCount'),
    thinkingConfig: { thinkingBudget: field(thinking, 'thinkingBudget') },
    temperature: config.temperature,
    topP: field(config, 'topP'),
    topK: field(config, 'topK'),
    stopSequences: field(config, 'stopSequences'),
  }
  return parseWith(configSchema, { generationConfig }).generationConfig
}
