import { z } from 'zod'
import { budgetScopes, periods } from '../../core/period.ts'
import { id, time, usd } from '../wire-fields.ts'

/** A budget with where it stands, as it is answered. */
export const budget = z
  .object({
    id,
    scope: z.enum(budgetScopes),
    scope_id: id,
    scope_name: z.string(),
    model: z.string().nullable(),
    tag: z.string().nullable(),
    period: z.enum(periods),
    limit_usd: usd,
    spent_usd: usd,
    reserved_usd: usd,
    available_usd: usd,
    resets_at: time.nullable(),
    created_at: time,
  })
  .meta({ id: 'Budget' })
