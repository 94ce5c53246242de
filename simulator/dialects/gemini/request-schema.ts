import { z } from 'zod'

/** One part says one thing; what it says is looked at where it is told. */
const part = z.strictObject({
  text: z.string().optional(),
  thought: z.boolean().optional(),
  thoughtSignature: z.string().optional(),
  functionCall: z
    .strictObject({ id: z.string().optional(), name: z.string(), args: z.record(z.string(), z.unknown()).optional() })
    .optional(),
  functionResponse: z
    .strictObject({
      id: z.string().optional(),
      name: z.string(),
      response: z.record(z.string(), z.unknown()),
      parts: z.array(z.unknown()).optional(),
    })
    .optional(),
  inlineData: z.strictObject({ mimeType: z.string(), data: z.base64(), displayName: z.string().optional() }).optional(),
  fileData: z.strictObject({ mimeType: z.string().optional(), fileUri: z.string() }).optional(),
})

const content = z.strictObject({ role: z.string().optional(), parts: z.array(part).min(1) })

const schema = z.record(z.string(), z.unknown())

/** As Google reads JSON: a field that it does not know is refused, not left alone. */
export const requestSchema = z.strictObject({
  contents: z.array(content).min(1),
  systemInstruction: z.strictObject({ role: z.string().optional(), parts: z.array(part).min(1) }).optional(),
  tools: z
    .array(
      z.strictObject({
        functionDeclarations: z
          .array(
            z.strictObject({
              name: z.string().regex(/^[a-z_][\w.:-]{0,127}$/i),
              description: z.string().optional(),
              parameters: schema.optional(),
              parametersJsonSchema: schema.optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
  toolConfig: z
    .strictObject({
      functionCallingConfig: z
        .strictObject({
          mode: z.enum(['AUTO', 'ANY', 'NONE', 'VALIDATED']).optional(),
          allowedFunctionNames: z.array(z.string()).optional(),
        })
        .optional(),
    })
    .optional(),
  generationConfig: z
    .strictObject({
      maxOutputTokens: z.int().min(1).optional(),
      temperature: z.number().min(0).max(2).optional(),
      topP: z.number().optional(),
      topK: z.number().optional(),
      candidateCount: z.int().min(1).max(8).optional(),
      stopSequences: z.array(z.string()).max(5).optional(),
      seed: z.int().optional(),
      presencePenalty: z.number().optional(),
      frequencyPenalty: z.number().optional(),
      responseMimeType: z.enum(['text/plain', 'application/json']).optional(),
      responseSchema: schema.optional(),
      responseJsonSchema: schema.optional(),
      thinkingConfig: z
        .strictObject({
          includeThoughts: z.boolean().optional(),
          thinkingBudget: z.int().min(-1).optional(),
          thinkingLevel: z.enum(['minimal', 'low', 'medium', 'high']).optional(),
        })
        .refine((config) => config.thinkingBudget === undefined || config.thinkingLevel === undefined, {
          message: 'You can only set only one of thinking budget and thinking level.',
        })
        .optional(),
    })
    .optional(),
  safetySettings: z.array(z.unknown()).optional(),
})

export type GeminiRequest = z.infer<typeof requestSchema>
export type GeminiContent = GeminiRequest['contents'][number]
export type GeminiPart = GeminiContent['parts'][number]
