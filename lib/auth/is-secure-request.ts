import { environment } from '../environment.ts'

/**
 * Whether the browser reached us over https, by what a proxy that ends TLS says in X-Forwarded-Proto. Who forges that
 * spoils the own cookie and nothing else.
 */
export function isSecureRequest(forwardedProto: string | null | undefined): boolean {
  const { PUBLIC_URL } = environment()
  if (PUBLIC_URL) return PUBLIC_URL.startsWith('https:')
  return forwardedProto?.split(',')[0]?.trim() === 'https'
}
