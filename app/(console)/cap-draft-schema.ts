import { z } from 'zod'
import type { CapDraft } from '#components/budgets/cap-draft.ts'
import { periods } from '#lib/core/period.ts'

/** A cap as it arrives from a form. */
export const capDraftSchema = z.strictObject({
  id: z.number(),
  limitUsd: z.string(),
  period: z.enum(periods),
}) satisfies z.ZodType<CapDraft>
