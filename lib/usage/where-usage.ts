import { z } from 'zod'
import type { Member } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import { Prisma } from '../db/generated/client.ts'
import type { UsageDetail } from './usage-rows.ts'

/** Whose usage; everything given must hold. */
export const usageFilterFields = {
  keyId: z.uuid().optional(),
  projectId: z.uuid().optional(),
  membershipId: z.uuid().optional(),
  modelId: z.uuid().optional(),
  providerId: z.uuid().optional(),
}

type UsageFilter = z.output<z.ZodObject<typeof usageFilterFields>>

/** How much of a row must be known to answer this. */
export function usageDetailOf(member: Member, filter: UsageFilter, groupBy: readonly string[] = []): UsageDetail {
  const isBy = (name: string, id?: string) => id !== undefined || groupBy.includes(name)
  const isOwn = !roleMay(member.role, 'usage.read')
  const isByProject = isBy('project', filter.projectId)
  const isByModel = isBy('model', filter.modelId) || isBy('provider', filter.providerId)
  if (isOwn || isBy('key', filter.keyId) || isBy('member', filter.membershipId) || (isByProject && isByModel))
    return 'all'
  return isByProject ? 'project' : 'model'
}

/** The condition on u (as of `usageRows`). Who may not read all usage reads that of the own keys. */
export function whereUsage(member: Member, filter: UsageFilter, from: Date, to: Date): Prisma.Sql {
  const conditions = [
    Prisma.sql`u.organization_id = ${member.organizationId}::uuid`,
    Prisma.sql`u.hour >= date_trunc('hour', ${from}::timestamptz)`,
    Prisma.sql`u.hour < ${to}::timestamptz`,
  ]
  const must = (condition: Prisma.Sql) => conditions.push(condition)
  if (!roleMay(member.role, 'usage.read')) must(Prisma.sql`u.membership_id = ${member.membershipId}::uuid`)
  if (filter.keyId) must(Prisma.sql`u.key_id = ${filter.keyId}::uuid`)
  if (filter.projectId) must(Prisma.sql`u.project_id = ${filter.projectId}::uuid`)
  if (filter.membershipId) must(Prisma.sql`u.membership_id = ${filter.membershipId}::uuid`)
  if (filter.modelId) must(Prisma.sql`u.model_id = ${filter.modelId}::uuid`)
  if (filter.providerId) must(Prisma.sql`u.provider_id = ${filter.providerId}::uuid`)
  return Prisma.join(conditions, ' AND ')
}
