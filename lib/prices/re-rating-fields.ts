import { z } from 'zod'
import { noteSchema } from '../core/fields.ts'
import { priceSchema, unitsSchema } from './price-fields.ts'

/** Which requests of the past, and what they shall cost. */
export const reRatingSchema = priceSchema.extend({
  modelId: z.string(),
  /** Null: of all deployments of the model. */
  deploymentId: z.string().nullable().default(null),
  from: z.date(),
  /** Without this moment itself. */
  to: z.date(),
  /** Missing: those of the price that is in force at the end of the span. */
  units: unitsSchema.optional(),
})

export const reRatingWithReasonSchema = reRatingSchema.extend({
  /** Sent again with the same id, it goes on where it was. */
  id: z.uuid().optional(),
  reason: noteSchema.default(''),
})

export type ReRatingInput = z.input<typeof reRatingSchema>
