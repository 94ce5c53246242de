import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { newId } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { readClock } from '../db/read-clock.ts'
import { refuseTakenName } from '../db/refuse-taken-name.ts'
import { insertPrice } from '../prices/insert-price.ts'
import { priceSchema } from '../prices/price-fields.ts'
import { getModelRow } from './get-model-row.ts'
import { insertDeployment } from './insert-deployment.ts'
import { modelFields } from './model-fields.ts'
import { type ModelView, viewModels } from './model-view.ts'
import { rebindBudgets } from './rebind-budgets.ts'
import { resolveFallbacks } from './resolve-fallbacks.ts'

const schema = z.strictObject({
  name: modelFields.name,
  deployments: modelFields.deployments,
  fallbacks: modelFields.fallbacks.default([]),
  contextFallbacks: modelFields.contextFallbacks.default([]),
  contentFallbacks: modelFields.contentFallbacks.default([]),
  connectTimeoutMs: modelFields.connectTimeoutMs.default(null),
  firstTokenTimeoutMs: modelFields.firstTokenTimeoutMs.default(null),
  idleTimeoutMs: modelFields.idleTimeoutMs.default(null),
  totalTimeoutMs: modelFields.totalTimeoutMs.default(null),
  maxAttempts: modelFields.maxAttempts.default(null),
  isContinued: modelFields.isContinued.default(false),
  /** An own price for all deployments; missing: each has the catalogue's, if it is there. */
  price: priceSchema.nullable().default(null),
  maxOutputTokens: modelFields.maxOutputTokens.optional(),
  /** Missing: from the catalogue. */
  contextTokens: modelFields.contextTokens.optional(),
})

export type CreateModelInput = z.input<typeof schema>

export async function createModel(member: Member, input: CreateModelInput): Promise<ModelView> {
  authorize(member, 'models.change')
  const { deployments, price, contextTokens, ...rest } = parseInput(schema, input)
  const { fallbacks, contextFallbacks, contentFallbacks, ...fields } = rest
  const { name, maxOutputTokens } = fields
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const id = newId()
    const takeOver = await resolveFallbacks(tx, organizationId, id, { fallbacks, contextFallbacks, contentFallbacks })
    await tx.model
      .create({ data: { ...fields, id, organizationId, ...takeOver, maxOutputTokens: maxOutputTokens ?? null } })
      .catch(refuseTakenName)
    await rebindBudgets(tx, organizationId, name, id)
    const known: number[] = []
    for (const [index, deployment] of deployments.entries()) {
      const entry = await insertDeployment(tx, member, id, deployment, `deployments.${index}.providerId`)
      if (entry?.contextTokens) known.push(entry.contextTokens)
    }
    // A request must fit whichever deployment takes it.
    const fromCatalogue = known.length === deployments.length ? Math.min(...known) : null
    await tx.model.update({
      where: { id, organizationId },
      data: { contextTokens: contextTokens === undefined ? fromCatalogue : contextTokens },
    })
    if (price) {
      await insertPrice(tx, member, {
        ...price,
        modelId: id,
        deploymentId: null,
        source: 'override',
        effectiveFrom: await readClock(tx),
      })
    }
    const [view] = await viewModels(tx, organizationId, [await getModelRow(tx, organizationId, id)])
    await recordAudit(tx, member, { action: 'model.create', targetId: id, target: name, after: view! })
    return view!
  })
}
