import { authorize, type Member, type Role } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import { inTenant } from '../db/in-tenant.ts'

/** Those who are nearest to the work first. */
const nearestFirst: readonly Role[] = ['lead', 'admin', 'owner']
const mostNamed = 4

/** Whom somebody without a key may ask for one: a few others of the organization who make keys. */
export async function listKeyMakers(member: Member): Promise<{ name: string; email: string }[]> {
  authorize(member, 'keys.read_own')
  const { organizationId, userId } = member
  const roles = nearestFirst.filter((role) => roleMay(role, 'keys.change'))
  const rows = await inTenant(organizationId, (tx) =>
    tx.membership.findMany({
      where: { organizationId, removedAt: null, role: { in: [...roles] }, ...(userId && { userId: { not: userId } }) },
      select: { role: true, user: { select: { name: true, email: true } } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: 100,
    }),
  )
  return rows
    .toSorted((one, other) => roles.indexOf(one.role) - roles.indexOf(other.role))
    .slice(0, mostNamed)
    .map(({ user }) => user)
}
