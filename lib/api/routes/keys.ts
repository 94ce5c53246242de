import { z } from 'zod'
import { changeKey } from '../../keys/change-key.ts'
import { createKey, type NewKey } from '../../keys/create-key.ts'
import { getKey } from '../../keys/get-key.ts'
import { keyFields } from '../../keys/key-fields.ts'
import { keyStatuses } from '../../keys/key-view.ts'
import { listKeys } from '../../keys/list-keys.ts'
import { pauseKey } from '../../keys/pause-key.ts'
import { resumeKey } from '../../keys/resume-key.ts'
import { revokeKey } from '../../keys/revoke-key.ts'
import { rotateKey } from '../../keys/rotate-key.ts'
import { type Route, route } from '../route.ts'
import { capsInput, id, pageOf, pageQuery, time, timeInputOrNull, usd } from '../wire-fields.ts'
import { budget } from './budget-wire.ts'

const summary = {
  id,
  name: z.string(),
  hint: z.string().meta({ description: 'The last four characters of the secret' }),
  status: z.enum(keyStatuses),
  pause_reason: z.string().nullable(),
  project_id: id,
  project_name: z.string(),
  member_id: id.nullable(),
  member_name: z.string().nullable(),
  member_email: z.string().nullable(),
  models: z.array(z.string()).nullable().meta({ description: 'Null: all that the project allows' }),
  rpm: z.int().nullable(),
  tpm: z.int().nullable(),
  max_parallel: z.int().nullable(),
  rpd: z.int().nullable().meta({ description: 'Requests a day' }),
  max_output_tokens: z.int().nullable(),
  allowed_ips: z.array(z.string()),
  tags: z.array(z.string()),
  spent_usd: usd,
  reserved_usd: usd,
  available_usd: usd.nullable().meta({ description: 'By the tightest budget that binds it; null: no cap' }),
  created_at: time,
  expires_at: time.nullable(),
  paused_at: time.nullable(),
  revoked_at: time.nullable(),
  previous_secret_until: time.nullable(),
  last_used_at: time.nullable(),
}

export const keySummary = z.object(summary).meta({ id: 'KeySummary' })
const key = z.object({ ...summary, budgets: z.array(budget) }).meta({ id: 'Key' })
const newKey = z
  .object({
    ...summary,
    budgets: z.array(budget),
    key: z.string().meta({ description: 'The secret, shown here and never again' }),
  })
  .meta({ id: 'NewKey' })

const optional = {
  member_email: keyFields.memberEmail.optional(),
  models: keyFields.models.optional(),
  rpm: keyFields.requestsPerMinute.optional(),
  tpm: keyFields.tokensPerMinute.optional(),
  max_parallel: keyFields.maxParallel.optional(),
  rpd: keyFields.requestsPerDay.optional(),
  expires_at: timeInputOrNull.optional(),
  allowed_ips: keyFields.allowedIps.optional(),
  max_output_tokens: keyFields.maxOutputTokens.optional(),
  tags: keyFields.tags.optional(),
}

/** The secret goes out under the name that people look for. */
function withSecret({ secret, ...view }: NewKey) {
  return { ...view, key: secret }
}

export const keyRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/keys',
    summary: 'List keys',
    permission: 'keys.read_own',
    query: {
      ...pageQuery,
      search: z.string().optional(),
      status: z.enum(keyStatuses).optional(),
      project_id: id.optional(),
      member_id: id.optional(),
      sort: z.enum(['created', 'name', 'spent', 'last_used']).optional(),
      direction: z.enum(['asc', 'desc']).optional(),
    },
    answer: pageOf(keySummary),
    handle: ({ member, query }) => listKeys(member, query),
  }),
  route({
    method: 'POST',
    path: '/keys',
    summary: 'Create a key; its secret is in this answer only',
    permission: 'keys.change',
    body: z.strictObject({
      name: keyFields.name,
      project_id: id,
      budgets: capsInput.nullable().meta({ description: 'Null or empty: no cap of its own' }),
      ...optional,
    }),
    status: 201,
    answer: newKey,
    handle: async ({ member, body }) => withSecret(await createKey(member, body)),
  }),
  route({
    method: 'GET',
    path: '/keys/{id}',
    summary: 'Read a key with every budget that binds it',
    permission: 'keys.read_own',
    answer: key,
    handle: ({ member, id }) => getKey(member, id),
  }),
  route({
    method: 'PATCH',
    path: '/keys/{id}',
    summary: 'Change a key; lists are whole',
    permission: 'keys.change',
    body: z.strictObject({
      name: keyFields.name.optional(),
      project_id: id.optional(),
      budgets: capsInput.nullable().optional(),
      ...optional,
    }),
    answer: key,
    handle: ({ member, id, body }) => changeKey(member, id, body),
  }),
  route({
    method: 'DELETE',
    path: '/keys/{id}',
    summary: 'Revoke a key for good',
    permission: 'keys.change',
    answer: key,
    handle: ({ member, id }) => revokeKey(member, id),
  }),
  route({
    method: 'POST',
    path: '/keys/{id}/pause',
    summary: 'Pause a key',
    permission: 'keys.change',
    answer: key,
    handle: ({ member, id }) => pauseKey(member, id),
  }),
  route({
    method: 'POST',
    path: '/keys/{id}/resume',
    summary: 'Resume a paused key',
    permission: 'keys.change',
    answer: key,
    handle: ({ member, id }) => resumeKey(member, id),
  }),
  route({
    method: 'POST',
    path: '/keys/{id}/rotate',
    summary: 'Give a key a new secret; the old one works on for the grace',
    permission: 'keys.change',
    body: z.strictObject({ grace_seconds: z.int().min(0).optional() }),
    answer: newKey,
    handle: async ({ member, id, body }) => withSecret(await rotateKey(member, id, body)),
  }),
]
