import { StipendError } from '../core/errors.ts'
import type { Route } from './route.ts'
import { routeTable } from './route-table.ts'

const places = routeTable.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replace('{id}', '(?<id>[^/]+)')}$`),
}))

/** Methods that were meant for another call are named by a `method_not_allowed`. */
export class MethodNotAllowed extends StipendError {
  readonly allow: string

  constructor(methods: string[]) {
    const allow = methods.join(', ')
    super('method_not_allowed', `This path takes ${allow}.`)
    this.allow = allow
  }
}

/** The call at a path below /api/v1, with the id in it; throws `not_found` or `method_not_allowed`. */
export function findRoute(method: string, path: string): { route: Route; id: string } {
  const here = places.flatMap(({ route, pattern }) => {
    const match = pattern.exec(path)
    return match ? [{ route, id: match.groups?.id ?? '' }] : []
  })
  const found = here.find(({ route }) => route.method === method)
  if (found) return found
  if (here.length > 0) throw new MethodNotAllowed(here.map(({ route }) => route.method))
  throw new StipendError('not_found', 'There is no such path. GET /api/v1/openapi.json lists those there are.')
}
