import { answerApiRequest } from '#lib/api/answer-api-request.ts'
import type { Member } from '#lib/auth/member.ts'
import { createManagementKey } from '#lib/management-keys/create-management-key.ts'
import { foundLab } from './found-lab.ts'

export interface ApiAnswer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came
  body: any
  headers: Headers
}

export interface ApiLab {
  owner: Member
  /** The management key; of an owner. */
  secret: string
  call(method: string, path: string, body?: unknown): Promise<ApiAnswer>
}

/** A new organization and a management key that speaks for its owner. */
export async function openApiLab(name = 'Lab', timeZone = 'UTC'): Promise<ApiLab> {
  const owner = await foundLab(name, timeZone)
  const { secret } = await createManagementKey(owner, { name: 'tests', role: 'owner' })
  return { owner, secret, call: (method, path, body) => callApi(secret, method, path, body) }
}

/** One call of the management API, as Next hands it on. */
export async function callApi(
  secret: string | null,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  const request = new Request(`http://stipend.test/api/v1${path}`, {
    method,
    headers: {
      ...(secret !== null && { authorization: `Bearer ${secret}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const response = await answerApiRequest(request)
  return { status: response.status, body: await response.json(), headers: response.headers }
}
