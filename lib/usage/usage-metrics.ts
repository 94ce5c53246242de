import { Prisma } from '../db/generated/client.ts'

/** What usage can be measured in, as a sum over u (as of `usageRows`): only what adds up, so that parts make the whole. */
export const usageMetrics = {
  spend: Prisma.sql`u.cost_nanos`,
  requests: Prisma.sql`u.requests`,
  tokens: Prisma.sql`u.input_tokens + u.output_tokens`,
  input: Prisma.sql`u.input_tokens`,
  output: Prisma.sql`u.output_tokens`,
  cached: Prisma.sql`u.cached_tokens`,
  reasoning: Prisma.sql`u.reasoning_tokens`,
  errors: Prisma.sql`CASE WHEN u.outcome = 'error' THEN u.requests ELSE 0 END`,
} as const

export type UsageMetric = keyof typeof usageMetrics

export const metrics = Object.keys(usageMetrics) as [UsageMetric, ...UsageMetric[]]
