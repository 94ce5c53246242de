import { z } from 'zod'
import { budgetScopes, periods } from '../../core/period.ts'
import { getReRating } from '../../prices/get-re-rating.ts'
import { listReRatings } from '../../prices/list-re-ratings.ts'
import { previewReRating } from '../../prices/preview-re-rating.ts'
import { reRate } from '../../prices/re-rate.ts'
import { pageOfList } from '../page-of-list.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, time, timeInput, usd } from '../wire-fields.ts'
import { price, priceInput } from './price-wire.ts'

const reRating = z
  .object({
    id,
    model_id: id,
    model_name: z.string(),
    deployment_id: id.nullable(),
    from: time,
    to: time,
    reason: z.string(),
    price,
    requests: z.int(),
    difference_usd: usd,
    created_at: time,
    made_by: z.string(),
    finished_at: time.nullable(),
  })
  .meta({ id: 'ReRating' })

const share = z.object({ id, name: z.string(), requests: z.int(), old_usd: usd, new_usd: usd })

const preview = z
  .object({
    requests: z.int(),
    left_alone: z.int().meta({ description: 'Their cost does not follow from a usage, so it stays' }),
    old_usd: usd,
    new_usd: usd,
    keys: z.array(share),
    projects: z.array(share),
    budgets: z.array(
      z.object({
        budget_id: id,
        scope: z.enum(budgetScopes),
        scope_name: z.string(),
        period: z.enum(periods),
        limit_usd: usd,
        spent_usd: usd,
        new_spent_usd: usd,
        goes_over: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'ReRatingPreview' })

const target = {
  model_id: id,
  deployment_id: id.nullable().optional().meta({ description: 'Missing: all deployments of the model' }),
  from: timeInput,
  to: timeInput,
  ...priceInput,
}

export const reRatingRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/re-ratings',
    summary: 'List re-ratings, the newest first',
    permission: 'usage.read',
    query: { ...pageQuery, model_id: id.optional() },
    answer: pageOf(reRating),
    handle: async ({ member, query: { modelId, ...page } }) =>
      pageOfList(await listReRatings(member, { modelId }), page),
  }),
  route({
    method: 'POST',
    path: '/re-ratings/preview',
    summary: 'Say what charging requests of the past by another price would change; nothing is changed',
    permission: 'models.change',
    body: z.strictObject(target),
    answer: preview,
    handle: ({ member, body }) => previewReRating(member, body),
  }),
  route({
    method: 'POST',
    path: '/re-ratings',
    summary: 'Charge requests of the past by another price, as adjustments; sent again with its id it goes on',
    permission: 'models.change',
    body: z.strictObject({ id: id.optional(), reason: z.string().optional(), ...target }),
    status: 201,
    answer: reRating,
    handle: ({ member, body }) => reRate(member, body),
  }),
  route({
    method: 'GET',
    path: '/re-ratings/{id}',
    summary: 'Read a re-rating',
    permission: 'usage.read',
    answer: reRating,
    handle: ({ member, id }) => getReRating(member, id),
  }),
]
