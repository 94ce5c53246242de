import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { whereRequests } from './request-filter.ts'
import type { RequestView } from './request-view.ts'
import { selectRequests } from './select-requests.ts'

/** Who may not read all requests reads those of the own keys. */
export async function getRequest(member: Member, id: string): Promise<RequestView> {
  authorize(member, 'requests.read_own')
  if (!idSchema.safeParse(id).success) throw notFound('request')
  const where = Prisma.sql`${whereRequests(member, {})} AND r.id = ${id}::uuid`
  const [view] = await inTenant(member.organizationId, (tx) => selectRequests(tx, where, 1))
  if (!view) throw notFound('request')
  return view
}
