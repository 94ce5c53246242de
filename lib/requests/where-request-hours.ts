import type { Member } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import { Prisma } from '../db/generated/client.ts'
import type { UsageDetail } from '../usage/usage-rows.ts'
import type { RequestHoursFilter } from './split-requests.ts'

/** How much of a row of usage must be known for that. */
export function requestDetailOf(member: Member, filter: RequestHoursFilter): UsageDetail {
  const isByKey =
    !roleMay(member.role, 'requests.read') || filter.keyId !== undefined || filter.membershipId !== undefined
  if (isByKey || (filter.projectId && filter.providerId)) return 'all'
  return filter.projectId ? 'project' : 'model'
}

/** The condition on u (as of `usageRows`) that finds the hours of what `whereRequests` finds. */
export function whereRequestHours(member: Member, filter: RequestHoursFilter): Prisma.Sql {
  const conditions = [Prisma.sql`u.organization_id = ${member.organizationId}::uuid`]
  const must = (condition: Prisma.Sql) => conditions.push(condition)
  // Of requests and not of usage: a role may see all sums and yet no stranger's requests.
  if (!roleMay(member.role, 'requests.read')) must(Prisma.sql`u.membership_id = ${member.membershipId}::uuid`)
  if (filter.keyId) must(Prisma.sql`u.key_id = ${filter.keyId}::uuid`)
  if (filter.projectId) must(Prisma.sql`u.project_id = ${filter.projectId}::uuid`)
  if (filter.membershipId) must(Prisma.sql`u.membership_id = ${filter.membershipId}::uuid`)
  if (filter.providerId) must(Prisma.sql`u.provider_id = ${filter.providerId}::uuid`)
  if (filter.outcome) must(Prisma.sql`u.outcome = ${filter.outcome}`)
  if (filter.from) must(Prisma.sql`u.hour >= ${filter.from}::timestamptz`)
  if (filter.to) must(Prisma.sql`u.hour < ${filter.to}::timestamptz`)
  return Prisma.join(conditions, ' AND ')
}
