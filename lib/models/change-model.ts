import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { refuseTakenName } from '../db/refuse-taken-name.ts'
import { getModelRow } from './get-model-row.ts'
import { modelFields } from './model-fields.ts'
import { type ModelView, viewModels } from './model-view.ts'
import { replaceDeployments } from './replace-deployments.ts'
import { resolveFallbacks } from './resolve-fallbacks.ts'

/** `deployments` and `fallbacks` are all of them, as they shall be from now on. A new price is `setPrice`. */
const schema = z.strictObject(modelFields).partial()

export type ChangeModelInput = z.input<typeof schema>

export async function changeModel(member: Member, id: string, input: ChangeModelInput): Promise<ModelView> {
  authorize(member, 'models.change')
  const { deployments, fallbacks, contextFallbacks, contentFallbacks, ...fields } = parseInput(schema, input)
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const row = await getModelRow(tx, organizationId, id)
    const [before] = await viewModels(tx, organizationId, [row])
    const takeOver = await resolveFallbacks(tx, organizationId, id, { fallbacks, contextFallbacks, contentFallbacks })
    await tx.model.update({ where: { id, organizationId }, data: { ...fields, ...takeOver } }).catch(refuseTakenName)
    if (deployments) await replaceDeployments(tx, member, row, deployments)
    const [after] = await viewModels(tx, organizationId, [await getModelRow(tx, organizationId, id)])
    await recordAudit(tx, member, {
      action: 'model.change',
      targetId: id,
      target: after!.name,
      before: before!,
      after: after!,
    })
    return after!
  })
}
