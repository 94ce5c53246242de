import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { getProviderRow } from './get-provider-row.ts'
import { viewOfProvider } from './provider-view.ts'

/** Takes it and its deployments out of every route. What it cost stays on the books. */
export async function removeProvider(member: Member, id: string): Promise<void> {
  authorize(member, 'providers.change')
  const { organizationId } = member
  await inTenant(organizationId, async (tx) => {
    const row = await getProviderRow(tx, organizationId, id)
    const archivedAt = new Date()
    // The secret goes at once; nothing needs it any more.
    await tx.provider.update({
      where: { id: row.id, organizationId },
      data: { archivedAt, sealedCredential: new Uint8Array() },
    })
    await tx.deployment.updateMany({
      where: { organizationId, providerId: row.id, archivedAt: null },
      data: { archivedAt },
    })
    await recordAudit(tx, member, {
      action: 'provider.remove',
      targetId: row.id,
      target: row.name,
      before: viewOfProvider(row),
    })
  })
}
