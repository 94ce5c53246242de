import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { requestFilterFields, whereRequests } from './request-filter.ts'
import type { RequestView } from './request-view.ts'
import { selectRequests } from './select-requests.ts'

const schema = z.strictObject({ ...requestFilterFields, ids: z.array(z.uuid()).max(200) })

export type ListEndedRequestsInput = z.input<typeof schema>

/** Of requests that ended a moment ago, by id, those that a filter finds. No request takes a day. */
export async function listEndedRequests(member: Member, input: ListEndedRequestsInput): Promise<RequestView[]> {
  authorize(member, 'requests.read_own')
  const { ids, ...filter } = parseInput(schema, input)
  const where = Prisma.sql`${whereRequests(member, filter)} AND r.id = ANY(${ids}::uuid[])
    AND r.created_at > now() - interval '1 day'`
  return inTenant(member.organizationId, (tx) => selectRequests(tx, where, ids.length))
}
