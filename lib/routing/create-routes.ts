import type pg from 'pg'
import { createCache } from '../cache/create-cache.ts'
import { StipendError } from '../core/errors.ts'
import { orUnavailable } from '../db/or-unavailable.ts'
import { loadRoutes, type ModelRoute } from './load-routes.ts'

/** How old a route may be: a change of models or providers holds everywhere within this time. */
const freshMs = 500

interface Caller {
  organizationId: string
  allowedModelIds: string[] | null
}

/** A model as one caller may have it, with what takes over. Routes that take over have none of their own. */
export interface Route extends ModelRoute {
  fallbacks: { general: Route[]; context: Route[]; content: Route[] }
}

export interface RoutesOfCallers {
  resolve(caller: Caller, model: string): Promise<Route>
  list(
    caller: Caller,
  ): Promise<{ name: string; createdAt: Date; maxOutputTokens: number | null; contextTokens: number | null }[]>
}

/** The one resolver: what it returns is at once what was authorised, what is priced and what is dispatched. */
export function createRoutes(pool: pg.Pool, openCredential: Parameters<typeof loadRoutes>[2]): RoutesOfCallers {
  const load = createCache(freshMs, (organizationId) =>
    orUnavailable(() => loadRoutes(pool, organizationId, openCredential)),
  )
  return {
    async resolve(caller, model) {
      const routes = await load(caller.organizationId)
      const route = routes.get(model)
      if (route && mayCall(caller, route)) return withFallbacks(caller, route, routes)
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

const noFallbacks: Route['fallbacks'] = { general: [], context: [], content: [] }

/** Only to models that this caller may call: a fallback opens no door. */
function withFallbacks(caller: Caller, route: ModelRoute, routes: Map<string, ModelRoute>): Route {
  const { general, context, content } = route.fallbackIds
  if (general.length + context.length + content.length === 0) return { ...route, fallbacks: noFallbacks }
  const byId = new Map(Array.from(routes.values(), (other) => [other.modelId, other]))
  const allowed = (ids: string[]): Route[] =>
    ids
      .flatMap((id) => byId.get(id) ?? [])
      .filter((other) => mayCall(caller, other))
      .map((other) => ({ ...other, fallbacks: noFallbacks }))
  return { ...route, fallbacks: { general: allowed(general), context: allowed(context), content: allowed(content) } }
}

function mayCall(caller: Caller, route: ModelRoute): boolean {
  return caller.allowedModelIds === null || caller.allowedModelIds.includes(route.modelId)
}
