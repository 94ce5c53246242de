import { decode } from 'next-auth/jwt'
import { idSchema } from '../core/ids.ts'
import { sessionSecret } from './session-secret.ts'

/** The id that `sealSessionId` put into a cookie; null for anything that it did not make. */
export async function openSessionId(cookie: string | undefined): Promise<string | null> {
  if (!cookie) return null
  const token = await decode({ token: cookie, secret: sessionSecret() }).catch(() => null)
  return idSchema.safeParse(token?.sessionId).data ?? null
}
