import { Refused } from '../../faults/refusal.ts'
import type { Arrival } from '../dialect.ts'
import { readAddress } from './read-address.ts'

/** From then on a stream can be asked for its usage. */
const tellsUsageSince = '2024-09-01'

/** As strict as Azure is about where a call goes, in which version, and with which header. */
export function admitAzure({ url, headers, body }: Arrival): void {
  const { pathname, searchParams } = new URL(url, 'http://azure')
  const { isVersioned, deployment } = readAddress(pathname)
  const version = searchParams.get('api-version')
  if (headers.authorization !== undefined) throw denied
  if (isVersioned ? !/^\d{4}-\d\d-\d\d(?:-preview)?$/.test(version ?? '') : version !== null && version !== 'preview') {
    throw notFound
  }
  // Chats belong to a deployment, responses to the resource.
  if (isVersioned && (deployment === null) === pathname.endsWith('/chat/completions')) throw notFound
  if (deployment?.startsWith('missing')) throw noDeployment
  if (isVersioned && version && version < tellsUsageSince && body.includes('"stream_options"')) throw unrecognized
}

const denied = new Refused({
  status: 401,
  code: '401',
  type: 'access_denied',
  message:
    'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
})

const notFound = new Refused({ status: 404, code: '404', type: 'not_found', message: 'Resource not found' })

const noDeployment = new Refused({
  status: 404,
  code: 'DeploymentNotFound',
  type: 'not_found',
  message: 'The API deployment for this resource does not exist.',
})

const unrecognized = new Refused({
  status: 400,
  code: null,
  type: 'invalid_request_error',
  message: 'Unrecognized request argument supplied: stream_options',
})
