import type { RequestTotalsFacts } from '#components/requests/request-totals.tsx'
import type { Member } from '#lib/auth/member.ts'
import { formatUsd } from '#lib/core/money.ts'
import type { RequestFilter } from '#lib/requests/request-filter.ts'
import { sumRequests } from '#lib/requests/sum-requests.ts'

/** Of all that the filter finds. */
export async function totalsOfRequests(member: Member, filter: RequestFilter): Promise<RequestTotalsFacts> {
  const { costNanos, ...counts } = await sumRequests(member, filter)
  return { ...counts, costUsd: formatUsd(costNanos) }
}
