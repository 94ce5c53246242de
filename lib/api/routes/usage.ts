import { z } from 'zod'
import { outcomes } from '../../requests/request-filter.ts'
import { summarizeUsage, type UsageRow } from '../../usage/summarize-usage.ts'
import { type Dimension, dimensions } from '../../usage/usage-dimensions.ts'
import { type Route, route } from '../route.ts'
import { id, time, timeInput, usd } from '../wire-fields.ts'

const totals = {
  requests: z.int(),
  errors: z.int(),
  input_tokens: z.int(),
  cached_tokens: z.int(),
  cache_write_tokens: z.int(),
  output_tokens: z.int(),
  reasoning_tokens: z.int(),
  cost_usd: usd,
}

const label = z.string().nullable().optional()

/** Those that were asked for; null: none, for example a key without a member. */
const groups = {
  key_id: id.nullable().optional(),
  key: label,
  model_id: id.nullable().optional(),
  model: label,
  project_id: id.nullable().optional(),
  project: label,
  member_id: id.nullable().optional(),
  member: label,
  provider_id: id.nullable().optional(),
  provider: label,
  outcome: z.enum(outcomes).optional(),
}

const row = z.object({ start: time, ...groups, ...totals }).meta({ id: 'UsageRow' })

const groupBy = z
  .string()
  .transform((text, context) => {
    const names = text.split(',').map((part) => part.trim())
    const unknown = names.find((part) => !(dimensions as string[]).includes(part))
    if (unknown === undefined) return names as Dimension[]
    context.addIssue(
      unknown === 'tag'
        ? 'Usage cannot be grouped by tag yet'
        : `Group by one or more of ${dimensions.join(', ')}, with commas between`,
    )
    return z.NEVER
  })
  .meta({ type: 'string', description: `One or more of ${dimensions.join(', ')}`, example: 'key,model' })

function flatten({ start, groups, ...sums }: UsageRow) {
  const { outcome, ...named } = groups
  const flat = Object.entries(named).flatMap(([dimension, { id, name }]) => [
    [`${dimension}_id`, id],
    [dimension, name],
  ])
  return { start, ...Object.fromEntries(flat), ...(outcome && { outcome: outcome.id }), ...sums }
}

export const usageRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/usage',
    summary: "Sum usage by group and interval, in the organization's time zone; the last 30 days by default",
    permission: 'requests.read_own',
    query: {
      group_by: groupBy.optional(),
      interval: z.enum(['hour', 'day', 'week', 'month']).optional(),
      from: timeInput.optional(),
      to: timeInput.optional(),
      key_id: id.optional(),
      project_id: id.optional(),
      member_id: id.optional(),
      model_id: id.optional(),
      provider_id: id.optional(),
    },
    answer: z
      .object({
        from: time,
        to: time,
        time_zone: z.string(),
        data: z.array(row),
        totals: z.object(totals),
        next_cursor: z.null(),
      })
      .meta({ id: 'Usage' }),
    handle: async ({ member, query }) => {
      const summary = await summarizeUsage(member, query)
      return { ...summary, rows: summary.rows.map(flatten), nextCursor: null }
    },
  }),
]
