import { z } from 'zod'
import { modelNameSchema } from '../core/fields.ts'

/** No timer of a route is shorter than a vendor may need, nor longer than an hour. */
const patienceSchema = z.number().int().min(100).max(3_600_000).nullable()

const tokensSchema = z.number().int().min(1).max(100_000_000)

/** What each field of a deployment may hold. */
export const deploymentFields = {
  providerId: z.string(),
  upstreamModel: z.string().trim().min(1).max(200),
  // Beside a provider's own, of 1000 at most, which a route put in order makes up for.
  priority: z.number().int().min(0).max(2000),
  weight: z.number().int().min(1).max(1000),
}

const deploymentSchema = z.strictObject({
  ...deploymentFields,
  priority: deploymentFields.priority.default(0),
  weight: deploymentFields.weight.default(1),
})

export type DeploymentInput = z.output<typeof deploymentSchema>

/** What each field of a model may hold. */
export const modelFields = {
  name: modelNameSchema,
  deployments: z
    .array(deploymentSchema)
    .min(1, 'A model needs at least one deployment')
    .max(50)
    .refine(
      (list) => new Set(list.map((part) => `${part.providerId} ${part.upstreamModel}`)).size === list.length,
      'Name each upstream model of a provider once',
    ),
  fallbacks: z.array(modelNameSchema).max(10),
  contextFallbacks: z.array(modelNameSchema).max(10),
  contentFallbacks: z.array(modelNameSchema).max(10),
  connectTimeoutMs: patienceSchema,
  firstTokenTimeoutMs: patienceSchema,
  idleTimeoutMs: patienceSchema,
  totalTimeoutMs: patienceSchema,
  maxAttempts: z.number().int().min(1).max(20).nullable(),
  isContinued: z.boolean(),
  maxOutputTokens: tokensSchema.nullable(),
  contextTokens: tokensSchema.nullable(),
}
