import { z } from 'zod'
import { nameSchema } from '../core/fields.ts'
import { vendors } from './vendors.ts'

const vendorIds = vendors.map((vendor) => vendor.id) as [string, ...string[]]
const rateSchema = z.number().int().min(1).max(1_000_000_000)

/** What each field of a provider may hold. */
export const providerFields = {
  name: nameSchema,
  vendor: z.enum(vendorIds),
  baseUrl: z.string().max(500),
  // Header values: visible ASCII only, so nothing in it can begin another header.
  apiKey: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{1,4000}$/, 'An API key is one word of visible ASCII characters'),
  priority: z.number().int().min(0).max(1000),
  weight: z.number().int().min(1).max(1000),
  requestsPerMinute: rateSchema.nullable(),
  tokensPerMinute: rateSchema.nullable(),
}
