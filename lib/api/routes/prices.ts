import { z } from 'zod'
import { listPrices } from '../../prices/list-prices.ts'
import { setPrice } from '../../prices/set-price.ts'
import { pageOfList } from '../page-of-list.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, timeInput } from '../wire-fields.ts'
import { price, priceInput } from './price-wire.ts'

export const priceRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/prices',
    summary: 'List every version of every price, the newest first',
    permission: 'models.read',
    query: { ...pageQuery, model_id: id.optional() },
    answer: pageOf(price),
    handle: async ({ member, query: { modelId, ...page } }) => pageOfList(await listPrices(member, { modelId }), page),
  }),
  route({
    method: 'POST',
    path: '/prices',
    summary: 'Set an own price, which wins over the catalogue from its effective date on',
    permission: 'models.change',
    body: z.strictObject({
      model_id: id,
      deployment_id: id.nullable().optional(),
      effective_from: timeInput.optional(),
      ...priceInput,
    }),
    status: 201,
    answer: price,
    handle: ({ member, body }) => setPrice(member, body),
  }),
]
