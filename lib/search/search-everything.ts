import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import { idSchema } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'

const schema = z.strictObject({ text: z.string().trim().min(1).max(100) })

export type SearchEverythingInput = z.input<typeof schema>

export interface SearchHit {
  kind: 'key' | 'project' | 'member' | 'model' | 'request'
  id: string
  name: string
  /** What tells it from others of its name. */
  detail: string | null
}

const hitsOfKind = 6

/** Keys, projects, members and models by a part of their name, and a request by its id: what this member may see. */
export async function searchEverything(member: Member, input: SearchEverythingInput): Promise<SearchHit[]> {
  authorize(member, 'requests.read_own')
  const { text } = parseInput(schema, input)
  const { organizationId, membershipId, role } = member
  const like = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  const own = roleMay(role, 'keys.read') ? Prisma.sql`true` : Prisma.sql`k.membership_id = ${membershipId}::uuid`
  const parts = [
    Prisma.sql`(SELECT 'key' AS kind, k.id::text, k.name, p.name AS detail
      FROM keys k JOIN projects p ON p.id = k.project_id
      WHERE k.organization_id = ${organizationId}::uuid AND k.revoked_at IS NULL AND ${own}
        AND (k.name ILIKE ${like} OR k.id::text = ${text})
      ORDER BY k.created_at DESC LIMIT ${hitsOfKind})`,
    Prisma.sql`(SELECT 'model', m.id::text, m.name, NULL FROM models m
      WHERE m.organization_id = ${organizationId}::uuid AND m.archived_at IS NULL AND m.name ILIKE ${like}
      ORDER BY m.name LIMIT ${hitsOfKind})`,
  ]
  if (roleMay(role, 'projects.read')) {
    parts.push(Prisma.sql`(SELECT 'project', p.id::text, p.name, NULL FROM projects p
      WHERE p.organization_id = ${organizationId}::uuid AND p.archived_at IS NULL AND p.name ILIKE ${like}
      ORDER BY p.name LIMIT ${hitsOfKind})`)
  }
  if (roleMay(role, 'members.read')) {
    parts.push(Prisma.sql`(SELECT 'member', s.id::text, u.name, u.email FROM memberships s JOIN users u ON u.id = s.user_id
      WHERE s.organization_id = ${organizationId}::uuid AND s.removed_at IS NULL
        AND (u.name ILIKE ${like} OR u.email ILIKE ${like})
      ORDER BY u.name LIMIT ${hitsOfKind})`)
  }
  if (idSchema.safeParse(text).success) {
    const ownRequests = roleMay(role, 'requests.read')
      ? Prisma.sql`true`
      : Prisma.sql`r.membership_id = ${membershipId}::uuid`
    parts.push(Prisma.sql`(SELECT 'request', r.id::text, r.model, r.status::text FROM requests r
      WHERE r.organization_id = ${organizationId}::uuid AND r.id = ${text}::uuid AND ${ownRequests} LIMIT 1)`)
  }
  return inTenant(organizationId, (tx) => tx.$queryRaw<SearchHit[]>(Prisma.join(parts, ' UNION ALL ')))
}
