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
    raised_usd: usd.meta({ description: 'What temporary raises add to the limit just now' }),
    raised_until: time.nullable(),
    spent_usd: usd,
    reserved_usd: usd,
    available_usd: usd,
    resets_at: time.nullable(),
    warn_percents: z.array(z.int()).meta({ description: 'At which percentages of the limit it warns' }),
    created_at: time,
  })
  .meta({ id: 'Budget' })

/** Where a budget shall warn; empty: nowhere. */
export const warnPercentsInput = z.array(z.int().min(1).max(100)).max(8)

/** A temporary raise, as it is answered. */
export const raise = z
  .object({
    id,
    budget_id: id,
    amount_usd: usd,
    until: time,
    reason: z.string(),
    status: z.enum(['running', 'over']),
    created_at: time,
    given_by: z.string(),
    ended_at: time.nullable(),
  })
  .meta({ id: 'Raise' })
