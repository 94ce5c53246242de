import { StipendError } from '#lib/core/errors.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { Caller, Route, Routes } from '../gateway.ts'

/** The one place where a model's name becomes what is authorised, priced and called: these are one thing. */
export async function resolveRoute(routes: Routes, caller: Caller, model: string, dialect: Dialect): Promise<Route> {
  const route = await routes.resolve(caller, model)
  const deployments = route.deployments.filter(({ vendor }) => !dialect.foreignVendors.has(vendor))
  if (deployments.length > 0) return { ...route, deployments }
  if (route.deployments.length === 0) {
    throw new StipendError('unavailable', `No provider serves ${model} at the moment. Try again later.`)
  }
  const vendors = [...new Set(route.deployments.map(({ vendor }) => vendor))].join(', ')
  const message = `${model} is served by ${vendors}, which cannot be called in this dialect. Use another model.`
  throw new StipendError('invalid_request_error', message, { param: 'model' })
}
