import { z } from 'zod'
import { unitKinds } from '../../core/units.ts'
import { getRequest } from '../../requests/get-request.ts'
import { listRequests } from '../../requests/list-requests.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, time, timeInput, usd } from '../wire-fields.ts'

const tokens = z.int().nullable()

const request = z
  .object({
    id,
    created_at: time,
    key_id: id,
    key_name: z.string(),
    project_id: id,
    project_name: z.string(),
    member_id: id.nullable(),
    member_name: z.string().nullable(),
    model: z.string(),
    provider_id: id.nullable(),
    provider_name: z.string().nullable(),
    dialect: z.string(),
    stream: z.boolean(),
    status: z.int().meta({ description: 'As the caller saw it; 499 when the caller left first' }),
    error_code: z.string().nullable(),
    input_tokens: tokens,
    cached_tokens: tokens,
    cache_write_tokens: tokens,
    output_tokens: tokens,
    reasoning_tokens: tokens,
    units: z
      .partialRecord(z.enum(unitKinds), z.int())
      .nullable()
      .meta({ description: 'What was used besides tokens of text, by kind' }),
    cost_usd: usd,
    reserved_usd: usd,
    overrun_usd: usd,
    estimated: z.boolean(),
    latency_ms: z.int(),
    first_token_ms: z.int().nullable(),
    finish_reason: z.string().nullable(),
    price_id: id.nullable(),
    attempts: z.array(
      z.object({
        deployment_id: id,
        provider_id: id,
        provider: z.string(),
        status: z.int().nullable(),
        error: z.string().nullable(),
        latency_ms: z.number(),
        model: z.string().optional(),
        started_ms: z.number().optional(),
        fate: z.enum(['unsent', 'refused', 'lost', 'served']).optional(),
        kept_usd: usd
          .nullable()
          .optional()
          .meta({ description: 'What a lost attempt may have cost; part of cost_usd' }),
      }),
    ),
  })
  .meta({ id: 'Request' })

export const requestRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/requests',
    summary: 'List requests, the newest first',
    permission: 'requests.read_own',
    query: {
      ...pageQuery,
      key_id: id.optional(),
      project_id: id.optional(),
      member_id: id.optional(),
      provider_id: id.optional(),
      model: z.string().optional(),
      status: z.string().optional().meta({ description: 'ok, error, refused, aborted or an HTTP status' }),
      from: timeInput.optional(),
      to: timeInput.optional(),
    },
    answer: pageOf(request),
    handle: ({ member, query }) => listRequests(member, query),
  }),
  route({
    method: 'GET',
    path: '/requests/{id}',
    summary: 'Read a request',
    permission: 'requests.read_own',
    answer: request,
    handle: ({ member, id }) => getRequest(member, id),
  }),
]
