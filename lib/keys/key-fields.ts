import { z } from 'zod'
import { capsSchema } from '../budgets/budget-fields.ts'
import { nameSchema, tagSchema } from '../core/fields.ts'
import { limitFields } from '../limits/limit-fields.ts'
import { modelListSchema } from '../models/model-list-schema.ts'

/** What each field of a key may hold. */
export const keyFields = {
  name: nameSchema,
  projectId: z.string(),
  /** Whose key it is; null: nobody's, for example a service's. */
  memberEmail: z.email('Write an e-mail address').nullable(),
  /** Null: all that the project allows. */
  models: modelListSchema,
  /** Its own plain budgets; null: no cap of its own. */
  budgets: capsSchema,
  ...limitFields,
  expiresAt: z
    .date()
    .refine((date) => date.getTime() > Date.now(), 'Choose a time in the future')
    .nullable(),
  /** Addresses or CIDR ranges; empty: from anywhere. */
  allowedIps: z
    .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'Write an IP address or a range such as 10.0.0.0/8'))
    .max(100),
  maxOutputTokens: z.number().int().min(1).max(100_000_000).nullable(),
  tags: z
    .array(tagSchema)
    .max(20)
    .transform((tags) => [...new Set(tags)]),
}
