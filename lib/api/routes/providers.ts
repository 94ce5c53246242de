import { z } from 'zod'
import { changeProvider } from '../../providers/change-provider.ts'
import { createProvider } from '../../providers/create-provider.ts'
import { getProvider } from '../../providers/get-provider.ts'
import { listProviders } from '../../providers/list-providers.ts'
import { providerFields } from '../../providers/provider-fields.ts'
import { removeProvider } from '../../providers/remove-provider.ts'
import { testConnection } from '../../providers/test-connection.ts'
import { pageOfList } from '../page-of-list.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, removed, time } from '../wire-fields.ts'

const provider = z
  .object({
    id,
    name: z.string(),
    vendor: z.string(),
    base_url: z.string(),
    credential_hint: z.string().meta({ description: 'The last four characters of the credential' }),
    priority: z.int(),
    weight: z.int(),
    rpm: z.int().nullable(),
    tpm: z.int().nullable(),
    created_at: time,
    updated_at: time,
    disabled_at: time.nullable(),
  })
  .meta({ id: 'Provider' })

const optional = {
  base_url: providerFields.baseUrl.optional(),
  priority: providerFields.priority.optional(),
  weight: providerFields.weight.optional(),
  rpm: providerFields.requestsPerMinute.optional(),
  tpm: providerFields.tokensPerMinute.optional(),
}

export const providerRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/providers',
    summary: 'List providers in the order to try them',
    permission: 'providers.read',
    query: pageQuery,
    answer: pageOf(provider),
    handle: async ({ member, query }) => pageOfList(await listProviders(member), query),
  }),
  route({
    method: 'POST',
    path: '/providers',
    summary: 'Create a provider; its credential is sealed and never shown again',
    permission: 'providers.change',
    body: z.strictObject({
      name: providerFields.name,
      vendor: providerFields.vendor,
      api_key: providerFields.apiKey,
      ...optional,
    }),
    status: 201,
    answer: provider,
    handle: ({ member, body }) => createProvider(member, body),
  }),
  route({
    method: 'GET',
    path: '/providers/{id}',
    summary: 'Read a provider',
    permission: 'providers.read',
    answer: provider,
    handle: ({ member, id }) => getProvider(member, id),
  }),
  route({
    method: 'PATCH',
    path: '/providers/{id}',
    summary: 'Change a provider; a new vendor or base URL needs the API key again',
    permission: 'providers.change',
    body: z.strictObject({
      name: providerFields.name.optional(),
      vendor: providerFields.vendor.optional(),
      api_key: providerFields.apiKey.optional(),
      disabled: z.boolean().optional(),
      ...optional,
    }),
    answer: provider,
    handle: ({ member, id, body }) => changeProvider(member, id, body),
  }),
  route({
    method: 'DELETE',
    path: '/providers/{id}',
    summary: 'Remove a provider and its deployments',
    permission: 'providers.change',
    answer: removed,
    handle: async ({ member, id }) => {
      await removeProvider(member, id)
      return { id, deleted: true }
    },
  }),
  route({
    method: 'POST',
    path: '/providers/{id}/test',
    summary: 'Call the vendor with the saved credential; it lists its models, which costs nothing',
    permission: 'providers.change',
    answer: z
      .object({
        ok: z.boolean(),
        status: z.int().nullable(),
        latency_ms: z.int(),
        models: z.array(z.string()),
        fault: z.string().nullable(),
        problem: z.string().nullable(),
      })
      .meta({ id: 'ConnectionResult' }),
    handle: ({ member, id }) => testConnection(member, { providerId: id }),
  }),
]
