import { StipendError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { isDatabaseAway } from '../db/is-database-away.ts'
import { log } from '../log.ts'
import { authenticateManagementKey } from '../management-keys/authenticate-management-key.ts'
import { findRoute, MethodNotAllowed } from './find-route.ts'
import { openApiDocument } from './open-api-document.ts'
import { readJsonBody } from './read-json-body.ts'
import { toWire } from './to-wire.ts'
import { wireName } from './wire-name.ts'

const root = '/api/v1'

/** The management API: every request below /api/v1 has its answer from here. */
export async function answerApiRequest(request: Request): Promise<Response> {
  const requestId = newId()
  try {
    return await answer(request, requestId)
  } catch (error) {
    return refuse(error, requestId)
  }
}

async function answer(request: Request, requestId: string): Promise<Response> {
  const url = new URL(request.url)
  const path = url.pathname.slice(root.length)
  if (path === '/openapi.json' && request.method === 'GET') return json(200, openApiDocument(), requestId)
  const { route, id } = findRoute(request.method, path)
  const member = await authenticateManagementKey(readBearer(request))
  const query = readQuery(url.searchParams)
  const body = route.method === 'GET' ? {} : await readJsonBody(request)
  const result = route.answer.parse(toWire(await route.run({ member, id, query, body })))
  return json(route.status, result, requestId)
}

function readBearer(request: Request): string {
  const match = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '')
  if (match?.[1]) return match[1]
  throw new StipendError('invalid_api_key', 'Send a management key: authorization: Bearer mk-stp-…')
}

/** What is left empty counts as left out. */
function readQuery(parameters: URLSearchParams): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, value] of parameters) {
    if (Object.hasOwn(query, name)) {
      throw new StipendError('invalid_request_error', 'Give this parameter once.', { param: name })
    }
    if (value !== '') query[name] = value
  }
  return query
}

function refuse(error: unknown, requestId: string): Response {
  const refusal = asRefusal(error)
  if (refusal.status >= 500) log.error({ requestId, err: error }, 'a management request failed')
  const { code, message, param, retryAfterMs } = refusal
  const headers: Record<string, string> = {}
  if (refusal.status === 401) headers['www-authenticate'] = 'Bearer'
  if (refusal instanceof MethodNotAllowed) headers.allow = refusal.allow
  if (retryAfterMs !== undefined) headers['retry-after'] = String(Math.ceil(retryAfterMs / 1000))
  const place = param?.split('.').map(wireName).join('.') ?? null
  return json(refusal.status, { error: { code, message, param: place } }, requestId, headers)
}

function asRefusal(error: unknown): StipendError {
  if (error instanceof StipendError) return error
  if (isDatabaseAway(error)) {
    return new StipendError('unavailable', 'The database cannot be reached. Try again in a moment.', {
      retryAfterMs: 1000,
    })
  }
  return new StipendError('internal_error', 'Something went wrong here. Try again; the log has the request id.')
}

function json(status: number, body: unknown, requestId: string, headers: Record<string, string> = {}): Response {
  return Response.json(body, {
    status,
    headers: { 'cache-control': 'no-store', 'x-request-id': requestId, ...headers },
  })
}
