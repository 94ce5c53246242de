import { z } from 'zod'
import { archiveBudget } from '../../budgets/archive-budget.ts'
import { changeBudget } from '../../budgets/change-budget.ts'
import { createBudget } from '../../budgets/create-budget.ts'
import { getBudget } from '../../budgets/get-budget.ts'
import { listBudgets } from '../../budgets/list-budgets.ts'
import { modelNameSchema, tagSchema } from '../../core/fields.ts'
import { budgetScopes, periods } from '../../core/period.ts'
import { pageOfList } from '../page-of-list.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, removed, usdInput } from '../wire-fields.ts'
import { budget } from './budget-wire.ts'

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
    summary: 'Change the limit of a budget; it binds the next request',
    permission: 'budgets.change',
    body: z.strictObject({ limit_usd: usdInput }),
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
]
