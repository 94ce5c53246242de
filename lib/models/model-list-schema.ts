import { z } from 'zod'
import { modelNameSchema } from '../core/fields.ts'

/** Which models somebody may call: names, or null for all there are. */
export const modelListSchema = z
  .array(modelNameSchema)
  .max(500)
  .transform((names) => [...new Set(names)])
  .nullable()
