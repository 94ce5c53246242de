import type pg from 'pg'
import { createCache } from '../cache/create-cache.ts'
import { StipendError } from '../core/errors.ts'
import { loadRoutes, type Route } from './load-routes.ts'

/** How old a route may be: a change of models or providers holds everywhere within this time. */
const freshMs = 500

interface Caller {
  organizationId: string
  allowedModelIds: string[] | null
}

export interface RoutesOfCallers {
  resolve(caller: Caller, model: string): Promise<Route>
  list(
    caller: Caller,
  ): Promise<{ name: string; createdAt: Date; maxOutputTokens: number | null; contextTokens: number | null }[]>
}

/** The one resolver: what it returns is at once what was authorised, what is priced and what is dispatched. */
export function createRoutes(pool: pg.Pool, openCredential: Parameters<typeof loadRoutes>[2]): RoutesOfCallers {
  const load = createCache(freshMs, (organizationId) => loadRoutes(pool, organizationId, openCredential))
  return {
    async resolve(caller, model) {
      const route = (await load(caller.organizationId)).get(model)
      if (route && mayCall(caller, route)) return route
      // To a caller with an allowlist a foreign model and an unknown one look the same only by name, never by content.
      if (route)
        throw new StipendError(
          'model_not_allowed',
          `This key may not call ${model}. GET /v1/models lists what it may.`,
          { param: 'model' },
        )
      throw new StipendError(
        'model_not_found',
        `There is no model named ${model} here. GET /v1/models lists what this key may call.`,
        { param: 'model' },
      )
    },
    async list(caller) {
      const routes = [...(await load(caller.organizationId)).values()]
      return routes
        .filter((route) => mayCall(caller, route))
        .map(({ model, createdAt, maxOutputTokens, contextTokens }) => ({
          name: model,
          createdAt,
          maxOutputTokens,
          contextTokens,
        }))
    },
  }
}

function mayCall(caller: Caller, route: Route): boolean {
  return caller.allowedModelIds === null || caller.allowedModelIds.includes(route.modelId)
}
