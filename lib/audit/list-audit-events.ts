import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { decodeCursor, encodeCursor, isTime } from '../core/cursor.ts'
import { type Page, pageFields } from '../core/page.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'

const schema = z.strictObject({
  ...pageFields,
  /** noun.verb, or the noun alone. */
  action: z
    .string()
    .regex(/^[a-z_]+(\.[a-z_]+)?$/)
    .optional(),
  targetId: z.uuid().optional(),
  /** Part of who did it: an e-mail address, the name of a management key. */
  actor: z.string().trim().min(1).max(200).optional(),
  from: z.date().optional(),
  /** Not included. */
  to: z.date().optional(),
})

export type ListAuditEventsInput = z.input<typeof schema>

export interface AuditEventView {
  id: string
  createdAt: Date
  actor: string
  action: string
  targetId: string | null
  target: string | null
  before: unknown
  after: unknown
}

/** The newest first. */
export async function listAuditEvents(member: Member, input: ListAuditEventsInput = {}): Promise<Page<AuditEventView>> {
  authorize(member, 'audit.read')
  const { action, targetId, actor, from, to, cursor, limit } = parseInput(schema, input)
  const [time, id] = cursor ? decodeCursor(cursor, isTime) : []
  const { organizationId } = member
  const rows = await inTenant(organizationId, (tx) =>
    tx.auditEvent.findMany({
      where: {
        organizationId,
        ...(action && { action: action.includes('.') ? action : { startsWith: `${action}.` } }),
        ...(targetId && { targetId }),
        ...(actor && { actor: { contains: actor, mode: 'insensitive' } }),
        ...((from || to) && { AND: { createdAt: { ...(from && { gte: from }), ...(to && { lt: to }) } } }),
        ...(time && { OR: [{ createdAt: { lt: time } }, { createdAt: time, id: { lt: id! } }] }),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    }),
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(({ organizationId: _, actorUserId: __, ...view }) => view),
    nextCursor: rows.length > limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  }
}
