import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import type { Nanos } from '../core/money.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { usageRows } from '../usage/usage-rows.ts'
import { type RequestFilter, requestFilterFields, whereRequests } from './request-filter.ts'
import { splitRequests } from './split-requests.ts'
import { requestDetailOf, whereRequestHours } from './where-request-hours.ts'

const schema = z.strictObject(requestFilterFields)

export interface RequestTotals {
  requests: number
  inputTokens: number
  outputTokens: number
  costNanos: Nanos
}

/** The totals of all requests that a filter finds, from the database and not from adding pages. */
export async function sumRequests(member: Member, input: RequestFilter = {}): Promise<RequestTotals> {
  authorize(member, 'requests.read_own')
  const { hours, rows } = splitRequests(parseInput(schema, input))
  const parts = rows.map(
    (filter) => Prisma.sql`
      SELECT count(*) AS requests, sum(input_tokens) AS input, sum(output_tokens) AS output, sum(cost_nanos) AS cost
      FROM requests r WHERE ${whereRequests(member, filter)}`,
  )
  if (hours) {
    parts.push(Prisma.sql`
      SELECT sum(requests) AS requests, sum(input_tokens) AS input, sum(output_tokens) AS output, sum(cost_nanos) AS cost
      FROM ${usageRows({
        organizationId: member.organizationId,
        from: hours.from ?? null,
        to: hours.to ?? null,
        detail: requestDetailOf(member, hours),
        where: whereRequestHours(member, hours),
      })}`)
  }
  // One statement, so that a request which closes meanwhile is in all parts or in none.
  const [totals] = await inTenant(
    member.organizationId,
    (tx) => tx.$queryRaw<Record<'requests' | 'inputTokens' | 'outputTokens' | 'costNanos', bigint>[]>`
      SELECT coalesce(sum(requests), 0)::bigint AS requests, coalesce(sum(input), 0)::bigint AS "inputTokens",
        coalesce(sum(output), 0)::bigint AS "outputTokens", coalesce(sum(cost), 0)::bigint AS "costNanos"
      FROM (${Prisma.join(parts, ' UNION ALL ')}) part`,
  )
  return {
    requests: Number(totals!.requests),
    inputTokens: Number(totals!.inputTokens),
    outputTokens: Number(totals!.outputTokens),
    costNanos: totals!.costNanos,
  }
}
