import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type ModelView, modelParts, viewModels } from './model-view.ts'

export async function listModels(member: Member): Promise<ModelView[]> {
  authorize(member, 'models.read')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const rows = await tx.model.findMany({
      where: { organizationId, archivedAt: null },
      include: modelParts,
      orderBy: { name: 'asc' },
    })
    return viewModels(tx, organizationId, rows)
  })
}
