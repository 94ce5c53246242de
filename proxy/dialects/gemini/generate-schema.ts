import { z } from 'zod'
import { contentSchema, contentsSchema } from './content-schema.ts'

const object = z.looseObject({})

/** The fields that we act upon, in either spelling; all others are kept as they came. */
export const generateSchema = z.looseObject({
  contents: contentsSchema,
  systemInstruction: contentSchema.nullish(),
  system_instruction: contentSchema.nullish(),
  generationConfig: object.nullish(),
  generation_config: object.nullish(),
  tools: z.array(object, { error: 'must be a list of tools' }).nullish(),
})

const count = z.int().min(1).max(2_147_483_647)

/** Of the two spellings of each that field which is there. */
export const configSchema = z.object({
  generationConfig: z.object({
    maxOutputTokens: count.nullish(),
    candidateCount: z.int().min(1).max(128).nullish(),
    thinkingConfig: z.object({ thinkingBudget: z.int().min(-1).max(2_147_483_647).nullish() }),
    temperature: z.number().nullish(),
    topP: z.number().nullish(),
    topK: z.number().nullish(),
    stopSequences: z.array(z.string()).nullish(),
  }),
})

export type GenerateBody = z.infer<typeof generateSchema>
