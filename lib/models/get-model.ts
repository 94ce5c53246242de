import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { getModelRow } from './get-model-row.ts'
import { type ModelView, viewModels } from './model-view.ts'

export async function getModel(member: Member, id: string): Promise<ModelView> {
  authorize(member, 'models.read')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const [view] = await viewModels(tx, organizationId, [await getModelRow(tx, organizationId, id)])
    return view!
  })
}
