import type { Member } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import { Prisma } from '../db/generated/client.ts'
import type { UsageDetail } from '../usage/usage-rows.ts'
import type { RequestHoursFilter } from './split-requests.ts'

/** How much of a row of usage must be known for that. */
export function requestDetailOf(member: Member, filter: RequestHoursFilter): UsageDetail {
  const isByKey =
    !roleMay(member.role, 'requests.read') || filter.keyId !== undefined || filter.membershipId !== undefined
  if (isByKey) return filter.providerId ? 'all' : 'key'
  if (filter.projectId) return filter.providerId ? 'all' : 'project'
  return 'model'
}

/** The condition on t, a row of usage, that finds those of what `whereRequests` finds. */
export function whereRequestHours(member: Member, filter: RequestHoursFilter): Prisma.Sql {
  const conditions = [Prisma.sql`t.organization_id = ${member.organizationId}::uuid`]
  const must = (condition: Prisma.Sql) => conditions.push(condition)
  // Of requests and not of usage: a role may see all sums and yet no stranger's requests.
  if (!roleMay(member.role, 'requests.read')) must(Prisma.sql`t.membership_id = ${member.membershipId}::uuid`)
  if (filter.keyId) must(Prisma.sql`t.key_id = ${filter.keyId}::uuid`)
  if (filter.projectId) must(Prisma.sql`t.project_id = ${filter.projectId}::uuid`)
  if (filter.membershipId) must(Prisma.sql`t.membership_id = ${filter.membershipId}::uuid`)
  if (filter.providerId) must(Prisma.sql`t.provider_id = ${filter.providerId}::uuid`)
  if (filter.outcome) must(Prisma.sql`t.outcome = ${filter.outcome}`)
  return Prisma.join(conditions, ' AND ')
}
