import { z } from 'zod'
import { acknowledgeAlert } from '../../alerts/acknowledge-alert.ts'
import { listAlerts } from '../../alerts/list-alerts.ts'
import { listDeliveries } from '../../alerts/list-deliveries.ts'
import { resendDelivery } from '../../alerts/resend-delivery.ts'
import { alertKinds } from '../../core/alert-kinds.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, time } from '../wire-fields.ts'

const alert = z
  .object({
    id,
    kind: z.enum(alertKinds),
    budget_id: id.nullable(),
    key_id: id.nullable(),
    provider_id: id.nullable(),
    percent: z.int().nullable(),
    facts: z.record(z.string(), z.unknown()).meta({ description: 'As it stood when it was raised; amounts in USD' }),
    created_at: time,
    acknowledged_at: time.nullable(),
  })
  .meta({ id: 'Alert' })

const delivery = z
  .object({
    id,
    alert_id: id,
    alert_kind: z.enum(alertKinds),
    channel_id: id.nullable().meta({ description: 'Null: it goes by mail to a person' }),
    channel_name: z.string().nullable(),
    recipient: z.string().nullable().meta({ description: 'The address of that person' }),
    state: z.enum(['waiting', 'sent', 'failed']),
    attempts: z.int(),
    outcome: z.string().nullable(),
    created_at: time,
    due_at: time,
    finished_at: time.nullable(),
  })
  .meta({ id: 'Delivery' })

export const alertRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/alerts',
    summary: 'List alerts, the newest first',
    permission: 'alerts.read',
    query: {
      ...pageQuery,
      kind: z.enum(alertKinds).optional(),
      state: z.enum(['open', 'acknowledged']).optional(),
    },
    answer: pageOf(alert),
    handle: ({ member, query }) => listAlerts(member, query),
  }),
  route({
    method: 'POST',
    path: '/alerts/{id}/acknowledge',
    summary: 'Take an alert off the list of what is open',
    permission: 'alerts.acknowledge',
    answer: alert,
    handle: ({ member, id }) => acknowledgeAlert(member, id),
  }),
  route({
    method: 'GET',
    path: '/alert-deliveries',
    summary: 'List what was sent where, the newest first',
    permission: 'alerts.read',
    query: {
      ...pageQuery,
      alert_id: id.optional(),
      channel_id: id.optional(),
      state: z.enum(['waiting', 'sent', 'failed']).optional(),
    },
    answer: pageOf(delivery),
    handle: ({ member, query }) => listDeliveries(member, query),
  }),
  route({
    method: 'POST',
    path: '/alert-deliveries/{id}/resend',
    summary: 'Send an alert to its channel once more, with the id that it had',
    permission: 'channels.change',
    answer: delivery,
    handle: ({ member, id }) => resendDelivery(member, id),
  }),
]
