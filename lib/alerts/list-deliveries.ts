import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { decodeCursor, encodeCursor, isTime } from '../core/cursor.ts'
import { type Page, pageFields } from '../core/page.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type DeliveryView, viewOfDelivery, withTarget } from './delivery-view.ts'

const schema = z.strictObject({
  ...pageFields,
  alertId: z.uuid().optional(),
  channelId: z.uuid().optional(),
  state: z.enum(['waiting', 'sent', 'failed']).optional(),
})

export type ListDeliveriesInput = z.input<typeof schema>

/** The newest first. */
export async function listDeliveries(member: Member, input: ListDeliveriesInput = {}): Promise<Page<DeliveryView>> {
  authorize(member, 'alerts.read')
  const { cursor, limit, ...filter } = parseInput(schema, input)
  const [time, id] = cursor ? decodeCursor(cursor, isTime) : []
  const { organizationId } = member
  const rows = await inTenant(organizationId, (tx) =>
    tx.alertDelivery.findMany({
      where: {
        organizationId,
        ...filter,
        ...(time && { OR: [{ createdAt: { lt: time } }, { createdAt: time, id: { gt: id! } }] }),
      },
      include: withTarget,
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: limit + 1,
    }),
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(viewOfDelivery),
    nextCursor: rows.length > limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  }
}
