import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { getModelRow } from './get-model-row.ts'
import { viewModels } from './model-view.ts'

/** Nobody can call it any more; a list of allowed models that held only this one allows nothing then. */
export async function removeModel(member: Member, id: string): Promise<void> {
  authorize(member, 'models.change')
  const { organizationId } = member
  await inTenant(organizationId, async (tx) => {
    const row = await getModelRow(tx, organizationId, id)
    const [before] = await viewModels(tx, organizationId, [row])
    const archivedAt = new Date()
    await tx.model.update({ where: { id, organizationId }, data: { archivedAt } })
    await tx.deployment.updateMany({ where: { organizationId, modelId: id, archivedAt: null }, data: { archivedAt } })
    await recordAudit(tx, member, { action: 'model.remove', targetId: id, target: row.name, before: before! })
  })
}
