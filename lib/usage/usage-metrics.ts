import { Prisma } from '../db/generated/client.ts'

/** What usage can be measured in, of t, a row of usage: only what adds up, so that parts make the whole. */
export const usageMetrics = {
  spend: Prisma.sql`t.cost_nanos`,
  requests: Prisma.sql`t.requests`,
  tokens: Prisma.sql`t.input_tokens + t.output_tokens`,
  input: Prisma.sql`t.input_tokens`,
  output: Prisma.sql`t.output_tokens`,
  cached: Prisma.sql`t.cached_tokens`,
  reasoning: Prisma.sql`t.reasoning_tokens`,
  errors: Prisma.sql`CASE WHEN t.outcome = 'error' THEN t.requests ELSE 0 END`,
} as const

export type UsageMetric = keyof typeof usageMetrics

export const metrics = Object.keys(usageMetrics) as [UsageMetric, ...UsageMetric[]]
