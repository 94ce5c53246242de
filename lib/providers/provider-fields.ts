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
  // What a vendor takes is another question: see `read-credential`.
  apiKey: z.string().trim().min(1, 'Enter the API key').max(12_000),
  priority: z.number().int().min(0).max(1000),
  weight: z.number().int().min(1).max(1000),
  requestsPerMinute: rateSchema.nullable(),
  tokensPerMinute: rateSchema.nullable(),
}
