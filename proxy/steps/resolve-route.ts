import { StipendError } from '#lib/core/errors.ts'
import type { ModelRequest } from '../dialects/dialect.ts'
import type { Caller, Gateway, Route } from '../gateway.ts'

/** The one place where a model's name becomes what is authorised, priced and called: these are one thing. */
export async function resolveRoute(
  { routes, answers }: Pick<Gateway, 'routes' | 'answers'>,
  caller: Caller,
  { model, continues }: ModelRequest,
): Promise<Route> {
  const route = await routes.resolve(caller, model)
  if (route.deployments.length === 0) {
    throw new StipendError('unavailable', `No provider serves ${model} at the moment. Try again later.`)
  }
  if (!continues) return route
  const kept = await answers.find(caller, continues)
  const deployments = route.deployments.filter(({ id }) => id === kept?.deploymentId)
  // Nobody else knows what it goes on from.
  if (deployments.length > 0) return { ...route, deployments, fallbacks: { general: [], context: [], content: [] } }
  const message = `This key has no response ${continues} of ${model} to go on from. Send the whole conversation as input.`
  throw new StipendError('invalid_request_error', message, { param: 'previous_response_id' })
}
