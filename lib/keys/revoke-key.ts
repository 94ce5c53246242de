import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { inTenant } from '../db/in-tenant.ts'
import type { KeyView } from './key-view.ts'
import { viewKey } from './view-key.ts'

/** Ends it for good; what it spent stays on the books. Revoking it again changes nothing. */
export async function revokeKey(member: Member, id: string): Promise<KeyView> {
  authorize(member, 'keys.change')
  const { organizationId } = member
  if (!idSchema.safeParse(id).success) throw notFound('key')
  return inTenant(organizationId, async (tx) => {
    const { count } = await tx.key.updateMany({
      where: { id, organizationId, revokedAt: null },
      data: { revokedAt: new Date(), previousSecretHash: null, previousSecretUntil: null },
    })
    const view = await viewKey(tx, organizationId, id)
    if (count > 0) {
      const { revokedAt } = view
      const before = { ...view, status: undefined, revokedAt: null }
      const change = { targetId: view.id, target: view.name, before, after: { ...before, revokedAt } }
      await recordAudit(tx, member, { action: 'key.revoke', ...change })
    }
    return view
  })
}
