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
  const isByKey = isOwn || isBy('key', filter.keyId) || isBy('member', filter.membershipId)
  if (isByKey) return isByModel ? 'all' : 'key'
  if (isByProject) return isByModel ? 'all' : 'project'
  return 'model'
}

/** The condition on t, a row of usage. Who may not read all usage reads that of the own keys. */
export function whereUsage(member: Member, filter: UsageFilter): Prisma.Sql {
  const conditions = [Prisma.sql`t.organization_id = ${member.organizationId}::uuid`]
  const must = (column: string, id: string | null) =>
    conditions.push(Prisma.sql`${Prisma.raw(`t.${column}`)} = ${id}::uuid`)
  if (!roleMay(member.role, 'usage.read')) must('membership_id', member.membershipId)
  if (filter.keyId) must('key_id', filter.keyId)
  if (filter.projectId) must('project_id', filter.projectId)
  if (filter.membershipId) must('membership_id', filter.membershipId)
  if (filter.modelId) must('model_id', filter.modelId)
  if (filter.providerId) must('provider_id', filter.providerId)
  return Prisma.join(conditions, ' AND ')
}
