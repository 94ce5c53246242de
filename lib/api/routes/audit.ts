import { z } from 'zod'
import { listAuditEvents } from '../../audit/list-audit-events.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, time, timeInput } from '../wire-fields.ts'

const event = z
  .object({
    id,
    created_at: time,
    actor: z.string().meta({ example: 'user:ada@example.com' }),
    action: z.string().meta({ example: 'key.create' }),
    target_id: id.nullable(),
    target: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'AuditEvent' })

export const auditRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/audit',
    summary: 'List who changed what, the newest first',
    permission: 'audit.read',
    query: {
      ...pageQuery,
      action: z.string().optional(),
      target_id: id.optional(),
      actor: z.string().optional(),
      from: timeInput.optional(),
      to: timeInput.optional(),
    },
    answer: pageOf(event),
    handle: ({ member, query }) => listAuditEvents(member, query),
  }),
]
