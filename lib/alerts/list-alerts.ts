import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { alertKinds } from '../core/alert-kinds.ts'
import { decodeCursor, encodeCursor, isTime } from '../core/cursor.ts'
import { type Page, pageFields } from '../core/page.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type AlertView, viewOfAlert } from './alert-view.ts'

const schema = z.strictObject({
  ...pageFields,
  kind: z.enum(alertKinds).optional(),
  /** Open: nobody has acknowledged it, and no higher threshold that was crossed with it says the same. */
  state: z.enum(['open', 'acknowledged']).optional(),
})

export type ListAlertsInput = z.input<typeof schema>

/** The newest first. */
export async function listAlerts(member: Member, input: ListAlertsInput = {}): Promise<Page<AlertView>> {
  authorize(member, 'alerts.read')
  const { kind, state, cursor, limit } = parseInput(schema, input)
  const [time, id] = cursor ? decodeCursor(cursor, isTime) : []
  const { organizationId } = member
  const rows = await inTenant(organizationId, (tx) =>
    tx.alert.findMany({
      where: {
        organizationId,
        ...(kind && { kind }),
        ...(state === 'open' && { acknowledgedAt: null, quiet: false }),
        ...(state === 'acknowledged' && { acknowledgedAt: { not: null } }),
        ...(time && { OR: [{ createdAt: { lt: time } }, { createdAt: time, id: { gt: id! } }] }),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: limit + 1,
    }),
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(viewOfAlert),
    nextCursor: rows.length > limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  }
}
