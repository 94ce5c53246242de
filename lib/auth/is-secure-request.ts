import { environment } from '../environment.ts'

/**
 * Whether the browser reached us over https, directly or through a proxy that ends TLS. The header can be forged, but
 * who forges it only spoils the own cookie.
 */
export function isSecureRequest(headers: Headers): boolean {
  const { PUBLIC_URL } = environment()
  if (PUBLIC_URL) return PUBLIC_URL.startsWith('https:')
  return headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https'
}
