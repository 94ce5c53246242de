import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import type { Nanos } from '../core/money.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type RequestFilter, requestFilterFields, whereRequests } from './request-filter.ts'

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
  const where = whereRequests(member, parseInput(schema, input))
  const [totals] = await inTenant(
    member.organizationId,
    (tx) => tx.$queryRaw<Record<'requests' | 'inputTokens' | 'outputTokens' | 'costNanos', bigint>[]>`
      SELECT count(*) AS requests, coalesce(sum(input_tokens), 0)::bigint AS "inputTokens",
        coalesce(sum(output_tokens), 0)::bigint AS "outputTokens", coalesce(sum(cost_nanos), 0)::bigint AS "costNanos"
      FROM requests r WHERE ${where}`,
  )
  return {
    requests: Number(totals!.requests),
    inputTokens: Number(totals!.inputTokens),
    outputTokens: Number(totals!.outputTokens),
    costNanos: totals!.costNanos,
  }
}
