import { z } from 'zod'
import { listHealth } from '../../routing/list-health.ts'
import { putBack } from '../../routing/put-back.ts'
import { pageOfList } from '../page-of-list.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, time } from '../wire-fields.ts'

const health = z
  .object({
    id: id.meta({ description: 'Of the provider, for its credential; or of the deployment' }),
    kind: z.enum(['credential', 'deployment']),
    provider_id: id,
    provider_name: z.string(),
    model: z.string().nullable(),
    upstream_model: z.string().nullable(),
    state: z.enum(['ok', 'cooling', 'open', 'half_open', 'out_of_credit', 'refused']),
    reason: z.string().nullable(),
    until: time.nullable().meta({ description: 'When it is tried again by itself' }),
    changed_at: time.nullable(),
    first_token_ms: z.int().nullable(),
    error_rate: z.number().nullable(),
    in_flight: z.int().nullable(),
    seen_at: time.nullable(),
  })
  .meta({ id: 'Health' })

export const healthRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/health',
    summary: 'List how credentials and deployments fare, as gateways learned it from real answers',
    permission: 'providers.read',
    query: pageQuery,
    answer: pageOf(health),
    handle: async ({ member, query }) => pageOfList(await listHealth(member), query),
  }),
  route({
    method: 'POST',
    path: '/health/{id}/put-back',
    summary: 'Call a deployment again at once, or a provider with all of its deployments',
    permission: 'providers.change',
    answer: z.object({ id, state: z.literal('ok') }).meta({ id: 'PutBack' }),
    handle: async ({ member, id }) => {
      await putBack(member, id)
      return { id, state: 'ok' as const }
    },
  }),
]
