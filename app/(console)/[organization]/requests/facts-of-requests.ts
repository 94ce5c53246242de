import type { RequestFacts } from '#components/requests/request-facts.ts'
import type { Member } from '#lib/auth/member.ts'
import { getPrices } from '#lib/prices/get-prices.ts'
import type { RequestView } from '#lib/requests/request-view.ts'
import { requestFactsOf } from './request-facts-of.ts'

/** With the prices that they were charged by. */
export async function factsOfRequests(member: Member, rows: RequestView[]): Promise<RequestFacts[]> {
  const prices = await getPrices(
    member,
    rows.flatMap(({ priceId }) => priceId ?? []),
  )
  return rows.map((row) => requestFactsOf(row, prices))
}
