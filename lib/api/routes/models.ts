import { z } from 'zod'
import { changeModel } from '../../models/change-model.ts'
import { createModel } from '../../models/create-model.ts'
import { getModel } from '../../models/get-model.ts'
import { listModels } from '../../models/list-models.ts'
import { deploymentFields, modelFields } from '../../models/model-fields.ts'
import { removeModel } from '../../models/remove-model.ts'
import { pageOfList } from '../page-of-list.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, removed, time } from '../wire-fields.ts'
import { price, priceInput } from './price-wire.ts'

const model = z
  .object({
    id,
    name: z.string(),
    max_output_tokens: z.int().nullable(),
    context_tokens: z.int().nullable(),
    fallbacks: z.array(z.string()).meta({ description: 'Models that take over when all deployments fail' }),
    context_fallbacks: z.array(z.string()).meta({ description: 'Models for what is too long for this one' }),
    content_fallbacks: z.array(z.string()).meta({ description: 'Models for what its content filter refuses' }),
    connect_timeout_ms: z.int().nullable(),
    first_token_timeout_ms: z.int().nullable(),
    idle_timeout_ms: z.int().nullable(),
    total_timeout_ms: z.int().nullable(),
    max_attempts: z.int().nullable(),
    is_continued: z.boolean().meta({
      description: 'Whether an answer that breaks in the middle of its stream is gone on with by another deployment',
    }),
    deployments: z.array(
      z.object({
        id,
        provider_id: id,
        provider_name: z.string(),
        vendor: z.string(),
        upstream_model: z.string(),
        priority: z.int(),
        weight: z.int(),
        price: price.nullable().meta({ description: 'In force now; null: unpriced' }),
      }),
    ),
    priced: z.boolean().meta({ description: 'Whether keys with a cap can call it' }),
    created_at: time,
  })
  .meta({ id: 'Model' })

const deployments = z
  .array(
    z.strictObject({
      provider_id: deploymentFields.providerId,
      upstream_model: deploymentFields.upstreamModel,
      priority: deploymentFields.priority.optional(),
      weight: deploymentFields.weight.optional(),
    }),
  )
  .min(1)

const optional = {
  fallbacks: modelFields.fallbacks.optional(),
  context_fallbacks: modelFields.contextFallbacks.optional(),
  content_fallbacks: modelFields.contentFallbacks.optional(),
  connect_timeout_ms: modelFields.connectTimeoutMs.optional(),
  first_token_timeout_ms: modelFields.firstTokenTimeoutMs.optional(),
  idle_timeout_ms: modelFields.idleTimeoutMs.optional(),
  total_timeout_ms: modelFields.totalTimeoutMs.optional(),
  max_attempts: modelFields.maxAttempts.optional(),
  is_continued: modelFields.isContinued.optional(),
  max_output_tokens: modelFields.maxOutputTokens.optional(),
  context_tokens: modelFields.contextTokens.optional(),
}

export const modelRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/models',
    summary: 'List models',
    permission: 'models.read',
    query: pageQuery,
    answer: pageOf(model),
    handle: async ({ member, query }) => pageOfList(await listModels(member), query),
  }),
  route({
    method: 'POST',
    path: '/models',
    summary: 'Create a model; without a price each deployment takes that of the catalogue, if it is there',
    permission: 'models.change',
    body: z.strictObject({
      name: modelFields.name,
      deployments,
      price: z.strictObject(priceInput).nullable().optional(),
      ...optional,
    }),
    status: 201,
    answer: model,
    handle: ({ member, body }) => createModel(member, body),
  }),
  route({
    method: 'GET',
    path: '/models/{id}',
    summary: 'Read a model',
    permission: 'models.read',
    answer: model,
    handle: ({ member, id }) => getModel(member, id),
  }),
  route({
    method: 'PATCH',
    path: '/models/{id}',
    summary: 'Change a model; lists are whole. A new price is POST /prices',
    permission: 'models.change',
    body: z.strictObject({ name: modelFields.name.optional(), deployments: deployments.optional(), ...optional }),
    answer: model,
    handle: ({ member, id, body }) => changeModel(member, id, body),
  }),
  route({
    method: 'DELETE',
    path: '/models/{id}',
    summary: 'Remove a model; nobody can call it any more',
    permission: 'models.change',
    answer: removed,
    handle: async ({ member, id }) => {
      await removeModel(member, id)
      return { id, deleted: true }
    },
  }),
]
