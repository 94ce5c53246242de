import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type PriceView, viewOfPrice } from './price-view.ts'

/** Versions by id, those of removed models too: what a request was charged by can always be shown. */
export async function getPrices(member: Member, ids: readonly string[]): Promise<PriceView[]> {
  authorize(member, 'models.read')
  const known = [...new Set(ids)].filter((id) => idSchema.safeParse(id).success)
  if (known.length === 0) return []
  const { organizationId } = member
  const rows = await inTenant(organizationId, (tx) =>
    tx.price.findMany({ where: { organizationId, id: { in: known } } }),
  )
  return rows.map(viewOfPrice)
}
