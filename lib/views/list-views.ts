import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'

export interface SavedView {
  id: string
  name: string
  query: string
  isShared: boolean
  isOwn: boolean
}

/** One's own and those that colleagues share, the oldest first, so that none moves. */
export async function listViews(member: Member): Promise<SavedView[]> {
  authorize(member, 'requests.read_own')
  const { organizationId, membershipId } = member
  const rows = await inTenant(organizationId, (tx) =>
    tx.savedView.findMany({
      where: { organizationId, OR: [{ isShared: true }, ...(membershipId ? [{ membershipId }] : [])] },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    query: row.query,
    isShared: row.isShared,
    isOwn: row.membershipId === membershipId,
  }))
}
