import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { readClock } from '../db/read-clock.ts'
import { insertPrice } from './insert-price.ts'
import { priceSchema, unitsSchema } from './price-fields.ts'
import { type PriceView, viewOfPrice } from './price-view.ts'
import { readUnits } from './read-units.ts'
import { rowInForce } from './row-in-force.ts'

const schema = priceSchema.extend({
  modelId: z.string(),
  /** Missing: of all deployments of the model. */
  deploymentId: z.string().nullable().default(null),
  /** Missing: from now on. */
  effectiveFrom: z.date().optional(),
  /** Missing: those of the price in force. */
  units: unitsSchema.optional(),
})

export type SetPriceInput = z.input<typeof schema>

/** An owner's own price, which wins over the catalogue. Requests that were admitted before keep theirs. */
export async function setPrice(member: Member, input: SetPriceInput): Promise<PriceView> {
  authorize(member, 'models.change')
  const { modelId, deploymentId, effectiveFrom, units, ...price } = parseInput(schema, input)
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const model = idSchema.safeParse(modelId).success
      ? await tx.model.findFirst({ where: { id: modelId, organizationId, archivedAt: null } })
      : null
    if (!model) throw notFound('model', 'modelId')
    if (deploymentId !== null) {
      const deployment = idSchema.safeParse(deploymentId).success
        ? await tx.deployment.findFirst({ where: { id: deploymentId, modelId, organizationId, archivedAt: null } })
        : null
      if (!deployment) throw notFound('deployment', 'deploymentId')
    }
    const now = await readClock(tx)
    const inForce = await rowInForce(tx, organizationId, model.id, deploymentId, now)
    const view = await insertPrice(tx, member, {
      ...price,
      // A new price for tokens leaves that of pictures and sound as it was.
      units: units ?? (inForce ? readUnits(inForce.units) : []),
      modelId,
      deploymentId,
      source: 'override',
      effectiveFrom: effectiveFrom ?? now,
    })
    await recordAudit(tx, member, {
      action: 'price.set',
      targetId: model.id,
      target: model.name,
      before: inForce ? viewOfPrice(inForce) : { price: null },
      after: view,
    })
    return view
  })
}
