import { StipendError } from '#lib/core/errors.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { Caller, Deployment, Fallbacks, Route, Routes } from '../gateway.ts'

/** The one place where a model's name becomes what is authorised, priced and called: these are one thing. */
export async function resolveRoute(routes: Routes, caller: Caller, model: string, dialect: Dialect): Promise<Route> {
  const route = await routes.resolve(caller, model)
  const deployments = speakersOf(route, dialect)
  if (deployments.length > 0) return { ...route, deployments, fallbacks: fallbacksOf(route, dialect) }
  if (route.deployments.length === 0) {
    throw new StipendError('unavailable', `No provider serves ${model} at the moment. Try again later.`)
  }
  const vendors = [...new Set(route.deployments.map(({ vendor }) => vendor))].join(', ')
  const message = `${model} is served by ${vendors}, which cannot be called in this dialect. Use another model.`
  throw new StipendError('invalid_request_error', message, { param: 'model' })
}

function speakersOf({ deployments }: Route, dialect: Dialect): Deployment[] {
  return deployments.filter(({ vendor }) => !dialect.foreignVendors.has(vendor))
}

function fallbacksOf({ fallbacks }: Route, dialect: Dialect): Fallbacks {
  const { general, context, content } = fallbacks
  if (general.length + context.length + content.length === 0) return fallbacks
  const callable = (routes: Route[]): Route[] =>
    routes
      .map((route) => ({ ...route, deployments: speakersOf(route, dialect) }))
      .filter((route) => route.deployments[0])
  return { general: callable(general), context: callable(context), content: callable(content) }
}
