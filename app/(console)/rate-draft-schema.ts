import { z } from 'zod'
import type { RateDraft } from '#components/limits/rate-draft.ts'

export const rateDraftSchema = z.strictObject({
  requestsPerMinute: z.string(),
  tokensPerMinute: z.string(),
  requestsPerDay: z.string(),
  maxParallel: z.string(),
}) satisfies z.ZodType<RateDraft>
