import { z } from 'zod'
import { archiveBudget } from '../../budgets/archive-budget.ts'
import { changeBudget } from '../../budgets/change-budget.ts'
import { createBudget } from '../../budgets/create-budget.ts'
import { endRaise } from '../../budgets/end-raise.ts'
import { getBudget } from '../../budgets/get-budget.ts'
import { listBudgets } from '../../budgets/list-budgets.ts'
import { listRaises } from '../../budgets/list-raises.ts'
import { raiseBudget } from '../../budgets/raise-budget.ts'
import { modelNameSchema, tagSchema } from '../../core/fields.ts'
import { budgetScopes, periods } from '../../core/period.ts'
import { pageOfList } from '../page-of-list.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, removed, timeInput, usdInput } from '../wire-fields.ts'
import { budget, raise, warnPercentsInput } from './budget-wire.ts'

export const budgetRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/budgets',
    summary: 'List budgets with what is spent and reserved of them in their current period',
    permission: 'projects.read',
    query: { ...pageQuery, scope: z.enum(budgetScopes).optional(), scope_id: id.optional() },
    answer: pageOf(budget),
    handle: async ({ member, query: { scope, scopeId, ...page } }) =>
      pageOfList(await listBudgets(member, { scope, scopeId }), page),
  }),
  route({
    method: 'POST',
    path: '/budgets',
    summary: 'Create a budget; it counts what its scope has already spent in the period',
    permission: 'budgets.change',
    body: z.strictObject({
      scope: z.enum(budgetScopes),
      scope_id: id.optional().meta({ description: 'Missing: the organization itself' }),
      model: modelNameSchema.nullable().optional(),
      tag: tagSchema.nullable().optional(),
      period: z.enum(periods),
      limit_usd: usdInput,
      warn_percents: warnPercentsInput.optional().meta({ description: 'Missing: 50, 80, 95 and 100' }),
    }),
    status: 201,
    answer: budget,
    handle: ({ member, body }) => createBudget(member, body),
  }),
  route({
    method: 'GET',
    path: '/budgets/{id}',
    summary: 'Read a budget',
    permission: 'projects.read',
    answer: budget,
    handle: ({ member, id }) => getBudget(member, id),
  }),
  route({
    method: 'PATCH',
    path: '/budgets/{id}',
    summary: 'Change the limit of a budget, which binds the next request, or where it warns',
    permission: 'budgets.change',
    body: z.strictObject({ limit_usd: usdInput.optional(), warn_percents: warnPercentsInput.optional() }),
    answer: budget,
    handle: ({ member, id, body }) => changeBudget(member, id, body),
  }),
  route({
    method: 'DELETE',
    path: '/budgets/{id}',
    summary: 'Archive a budget; it binds nobody any more',
    permission: 'budgets.change',
    answer: removed,
    handle: async ({ member, id }) => {
      await archiveBudget(member, id)
      return { id, deleted: true }
    },
  }),
  route({
    method: 'GET',
    path: '/budgets/{id}/raises',
    summary: 'List the temporary raises of a budget, the newest first',
    permission: 'projects.read',
    query: pageQuery,
    answer: pageOf(raise),
    handle: async ({ member, id, query }) => pageOfList(await listRaises(member, { budgetId: id }), query),
  }),
  route({
    method: 'POST',
    path: '/budgets/{id}/raises',
    summary: 'Raise a budget until a moment; it binds the next request and ends by itself',
    permission: 'budgets.change',
    body: z.strictObject({ amount_usd: usdInput, until: timeInput, reason: z.string().optional() }),
    status: 201,
    answer: raise,
    handle: ({ member, id, body }) => raiseBudget(member, id, body),
  }),
  route({
    method: 'DELETE',
    path: '/raises/{id}',
    summary: 'End a raise ahead of its time',
    permission: 'budgets.change',
    answer: raise,
    handle: ({ member, id }) => endRaise(member, id),
  }),
]
