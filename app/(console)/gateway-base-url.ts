import { headers } from 'next/headers'
import { isSecureRequest } from '#lib/auth/is-secure-request.ts'
import { environment } from '#lib/environment.ts'

/** What a client's SDK takes as base URL: this server as the browser reached it, unless it is told its public name. */
export async function gatewayBaseUrl(): Promise<string> {
  const { PUBLIC_URL } = environment()
  if (PUBLIC_URL) return `${PUBLIC_URL}/v1`
  const head = await headers()
  const scheme = isSecureRequest(head.get('x-forwarded-proto')) ? 'https' : 'http'
  return `${scheme}://${head.get('host') ?? 'localhost'}/v1`
}
