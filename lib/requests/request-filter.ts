import { z } from 'zod'
import type { Member } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import { Prisma } from '../db/generated/client.ts'

export const outcomes = ['ok', 'error', 'refused', 'aborted'] as const

/** Which requests; everything given must hold. */
export const requestFilterFields = {
  keyId: z.uuid().optional(),
  projectId: z.uuid().optional(),
  membershipId: z.uuid().optional(),
  providerId: z.uuid().optional(),
  /** As callers wrote it. */
  model: z.string().max(300).optional(),
  /** How it ended, or the HTTP status itself. */
  status: z
    .union(
      [z.enum(outcomes), z.string().regex(/^[1-5]\d\d$/)],
      `Use ${outcomes.join(', ')} or an HTTP status such as 429`,
    )
    .optional(),
  from: z.date().optional(),
  /** Not included. */
  to: z.date().optional(),
}

const requestFilter = z.strictObject(requestFilterFields)

export type RequestFilter = z.output<typeof requestFilter>

/** The condition on r (requests). Who may not read all requests reads those of the own keys. */
export function whereRequests(member: Member, filter: RequestFilter): Prisma.Sql {
  const conditions = [Prisma.sql`r.organization_id = ${member.organizationId}::uuid`]
  const must = (condition: Prisma.Sql) => conditions.push(condition)
  if (!roleMay(member.role, 'requests.read')) must(Prisma.sql`r.membership_id = ${member.membershipId}::uuid`)
  if (filter.keyId) must(Prisma.sql`r.key_id = ${filter.keyId}::uuid`)
  if (filter.projectId) must(Prisma.sql`r.project_id = ${filter.projectId}::uuid`)
  if (filter.membershipId) must(Prisma.sql`r.membership_id = ${filter.membershipId}::uuid`)
  if (filter.providerId) must(Prisma.sql`r.provider_id = ${filter.providerId}::uuid`)
  if (filter.model !== undefined) must(Prisma.sql`r.model = ${filter.model}`)
  if (filter.status !== undefined) must(statusIs(filter.status))
  if (filter.from) must(Prisma.sql`r.created_at >= ${filter.from}`)
  if (filter.to) must(Prisma.sql`r.created_at < ${filter.to}`)
  return Prisma.join(conditions, ' AND ')
}

function statusIs(status: string): Prisma.Sql {
  const code = Number(status)
  return Number.isNaN(code)
    ? Prisma.sql`outcome_of(r.status, r.provider_id) = ${status}`
    : Prisma.sql`r.status = ${code}`
}
