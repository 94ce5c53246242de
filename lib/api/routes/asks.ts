import { z } from 'zod'
import { approveAsk } from '../../budgets/approve-ask.ts'
import { askForMore } from '../../budgets/ask-for-more.ts'
import { askStatuses } from '../../budgets/ask-view.ts'
import { declineAsk } from '../../budgets/decline-ask.ts'
import { listAsks } from '../../budgets/list-asks.ts'
import { pageOfList } from '../page-of-list.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, time, timeInputOrNull, usd, usdInput } from '../wire-fields.ts'

const ask = z
  .object({
    id,
    key_id: id,
    key_name: z.string(),
    project_id: id,
    project_name: z.string(),
    member_id: id.nullable(),
    member_name: z.string().nullable(),
    amount_usd: usd,
    purpose: z.string(),
    status: z.enum(askStatuses),
    created_at: time,
    decided_at: time.nullable(),
    decided_by: z.string().nullable(),
    note: z.string().nullable(),
    budget_id: id.nullable(),
    granted_usd: usd.nullable(),
    until: time.nullable(),
  })
  .meta({ id: 'Ask' })

export const askRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/asks',
    summary: 'List what members ask for beyond their budgets, what is open first',
    permission: 'keys.read_own',
    query: { ...pageQuery, status: z.enum(askStatuses).optional(), key_id: id.optional(), member_id: id.optional() },
    answer: pageOf(ask),
    handle: async ({ member, query: { status, keyId, membershipId, ...page } }) =>
      pageOfList(await listAsks(member, { status, keyId, membershipId }), page),
  }),
  route({
    method: 'POST',
    path: '/asks',
    summary: 'Ask for more in the name of the member who holds a key',
    permission: 'keys.read_own',
    body: z.strictObject({ key_id: id, amount_usd: usdInput, purpose: z.string() }),
    status: 201,
    answer: ask,
    handle: ({ member, body }) => askForMore(member, body),
  }),
  route({
    method: 'POST',
    path: '/asks/{id}/approve',
    summary: 'Raise a budget that binds the key: until a moment, or for good',
    permission: 'budgets.change',
    body: z.strictObject({
      budget_id: id.optional().meta({ description: 'Missing: the budget that can pay for the least' }),
      amount_usd: usdInput.optional().meta({ description: 'Missing: as much as was asked for' }),
      until: timeInputOrNull.optional(),
      note: z.string().optional(),
    }),
    answer: ask,
    handle: ({ member, id, body }) => approveAsk(member, id, body),
  }),
  route({
    method: 'POST',
    path: '/asks/{id}/decline',
    summary: 'Decline; whoever asked reads the note',
    permission: 'budgets.change',
    body: z.strictObject({ note: z.string().optional() }),
    answer: ask,
    handle: ({ member, id, body }) => declineAsk(member, id, body),
  }),
]
