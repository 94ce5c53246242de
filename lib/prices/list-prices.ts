import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type PriceView, viewOfPrice } from './price-view.ts'

const schema = z.strictObject({ modelId: z.string().optional() })

export type ListPricesInput = z.input<typeof schema>

/** Every version of the live models' prices that is or was in force, the newest first. */
export async function listPrices(member: Member, input: ListPricesInput = {}): Promise<PriceView[]> {
  authorize(member, 'models.read')
  const { modelId } = parseInput(schema, input)
  if (modelId !== undefined && !idSchema.safeParse(modelId).success) return []
  const { organizationId } = member
  const rows = await inTenant(organizationId, (tx) =>
    tx.price.findMany({
      where: { organizationId, ...(modelId && { modelId }), model: { archivedAt: null }, reRatingId: null },
      orderBy: [{ effectiveFrom: 'desc' }, { id: 'desc' }],
      take: 2000,
    }),
  )
  return rows.map(viewOfPrice)
}
