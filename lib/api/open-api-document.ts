import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi'
import { z } from 'zod'
import type { Route } from './route.ts'
import { routeTable } from './route-table.ts'
import { id } from './wire-fields.ts'

const failure = z
  .object({ error: z.object({ code: z.string(), message: z.string(), param: z.string().nullable() }) })
  .meta({ id: 'Error' })

let known: object | undefined

/** The API described in OpenAPI 3.1, made from the route table. */
export function openApiDocument(): object {
  known ??= describe()
  return known
}

function describe(): object {
  const registry = new OpenAPIRegistry()
  registry.registerComponent('securitySchemes', 'managementKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'A management key, mk-stp-…',
  })
  for (const route of routeTable) registerRoute(registry, route)
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Stipend management API',
      version: '1',
      description:
        'Amounts are decimal strings in USD and exact. Lists come in pages: pass next_cursor as cursor for the next one.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ managementKey: [] }],
  })
}

function registerRoute(registry: OpenAPIRegistry, route: Route): void {
  const content = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } })
  registry.registerPath({
    method: route.method.toLowerCase() as Lowercase<Route['method']>,
    path: route.path,
    tags: [route.path.split('/')[1]!],
    summary: route.summary,
    description: `Needs a role with the permission ${route.permission}.`,
    operationId: operationIdOf(route),
    request: {
      ...(route.path.includes('{id}') && { params: z.object({ id }) }),
      query: route.query as z.ZodObject,
      ...(route.body && { body: { required: true, ...content(route.body) } }),
    },
    responses: {
      [route.status]: { description: 'Done', ...content(route.answer) },
      default: { description: 'Refused; the message says what to do', ...content(failure) },
    },
  })
}

function operationIdOf({ method, path }: Route): string {
  return (
    [method.toLowerCase(), ...path.split('/').filter((part) => part && part !== '{id}')].join('_') +
    (path.endsWith('{id}') ? '_by_id' : '')
  )
}
