import { z } from 'zod'

const part = z.strictObject({
  text: z.string().optional(),
  thought: z.boolean().optional(),
  thoughtSignature: z.base64().or(z.base64url()).optional(),
  inlineData: z.strictObject({ mimeType: z.string(), data: z.base64() }).optional(),
  fileData: z.strictObject({ mimeType: z.string().optional(), fileUri: z.string() }).optional(),
  functionCall: z
    .strictObject({
      id: z.string().optional(),
      name: z.string().min(1),
      args: z.record(z.string(), z.unknown()).nullish(),
    })
    .optional(),
  functionResponse: z
    .strictObject({
      id: z.string().optional(),
      name: z.string().min(1),
      response: z.record(z.string(), z.unknown()),
      parts: z.array(z.unknown()).optional(),
    })
    .optional(),
})

export const contentSchema = z.strictObject({
  role: z.enum(['user', 'model', 'function']).optional(),
  parts: z.array(part).min(1),
})

const schema = z.record(z.string(), z.unknown())

const declaration = z.strictObject({
  name: z.string().regex(/^[A-Za-z_][\w.:-]{0,127}$/),
  description: z.string().optional(),
  parameters: schema.optional(),
  parametersJsonSchema: z.unknown().optional(),
})

const config = z.strictObject({
  maxOutputTokens: z.int().min(1).optional(),
  candidateCount: z.int().min(1).max(8).optional(),
  stopSequences: z.array(z.string()).max(5).optional(),
  seed: z.int().optional(),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().optional(),
  topK: z.number().optional(),
  presencePenalty: z.number().optional(),
  frequencyPenalty: z.number().optional(),
  responseMimeType: z.string().optional(),
  responseSchema: schema.optional(),
  responseJsonSchema: z.unknown().optional(),
  thinkingConfig: z
    .strictObject({
      includeThoughts: z.boolean().optional(),
      thinkingBudget: z.int().min(-1).optional(),
      thinkingLevel: z.stringFormat('thinking level', /^(?:minimal|low|medium|high)$/i).optional(),
    })
    .optional(),
})

/** A request as Google takes it: what it does not know it refuses. */
export const generateRequestSchema = z.strictObject({
  model: z.string().optional(),
  contents: z.array(contentSchema).min(1, 'contents is not specified'),
  systemInstruction: contentSchema.optional(),
  tools: z.array(z.strictObject({ functionDeclarations: z.array(declaration).optional() })).optional(),
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
  safetySettings: z.array(z.unknown()).optional(),
  generationConfig: config.optional(),
})

export type GenerateRequest = z.infer<typeof generateRequestSchema>
export type Content = z.infer<typeof contentSchema>
export type ContentPart = Content['parts'][number]
