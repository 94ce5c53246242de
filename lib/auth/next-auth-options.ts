import type { NextAuthOptions } from 'next-auth'
import credentialsProvider from 'next-auth/providers/credentials'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { environment } from '../environment.ts'
import { log } from '../log.ts'
import { admitBrowser } from './admit-browser.ts'
import { checkCredentials } from './check-credentials.ts'
import { endSession } from './end-session.ts'
import { findSignedInUser } from './find-signed-in-user.ts'
import { hasSecondFactor } from './has-second-factor.ts'
import { isSecureRequest } from './is-secure-request.ts'
import { openSessionId } from './open-session-id.ts'
import { remoteAddress } from './remote-address.ts'
import { safeNext } from './safe-next.ts'
import { secondStepPath } from './second-step-path.ts'
import { cookieLifetimeSeconds, sessionCookie } from './session-cookie.ts'
import { sessionSecret } from './session-secret.ts'
import { startSession } from './start-session.ts'

/** Another party that vouches for people. */
export interface Voucher {
  // biome-ignore lint/suspicious/noExplicitAny: what an issuer says is the issuer's own affair
  provider: OAuthConfig<any>
  /** Whose account it is, or the page that says why not. */
  admit(claims: unknown, signedInUserId: string | null): Promise<{ userId: string } | { refusedAt: string }>
}

/**
 * NextAuth for one request. Its token names a session of ours, and lives no longer than that session's row.
 */
export function nextAuthOptions(
  request: { headers: Headers; cookie: (name: string) => string | undefined },
  voucher: Voucher | null = null,
) {
  const cookie = sessionCookie(isSecureRequest(request.headers.get('x-forwarded-proto')))
  // NextAuth learns its own address from the environment alone; else from the host that the browser asked for.
  const { PUBLIC_URL } = environment()
  if (PUBLIC_URL) process.env.NEXTAUTH_URL = PUBLIC_URL
  else process.env.AUTH_TRUST_HOST = 'true'

  return {
    secret: sessionSecret(),
    session: { strategy: 'jwt', maxAge: cookieLifetimeSeconds },
    jwt: { maxAge: cookieLifetimeSeconds },
    useSecureCookies: cookie.options.secure,
    cookies: { sessionToken: cookie },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      credentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(given) {
          const email = String(given?.email ?? '')
          const password = String(given?.password ?? '')
          const check = await checkCredentials({ email, password, address: remoteAddress(request.headers) })
          if (check.outcome !== 'accepted') return null
          // This protocol has no second step: who set up a second factor signs in by the form.
          return (await hasSecondFactor(check.user.id)) ? null : check.user
        },
      }),
      ...(voucher ? [voucher.provider] : []),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (!voucher || account?.provider !== voucher.provider.id) return true
        const sessionId = await openSessionId(request.cookie(cookie.name))
        const signedIn = sessionId ? await findSignedInUser(sessionId) : null
        const admission = await voucher.admit(profile, signedIn?.id ?? null)
        if ('refusedAt' in admission) return admission.refusedAt
        // What our session is made for.
        user.id = admission.userId
        if (signedIn?.id === user.id || !(await hasSecondFactor(user.id))) return true
        await admitBrowser(user.id)
        return secondStepPath('/')
      },
      async jwt({ token, user }) {
        if (user) {
          const sessionId = await startSession(
            user.id,
            await openSessionId(request.cookie(cookie.name)),
            request.headers.get('user-agent'),
          )
          return { sessionId }
        }
        const signedIn = await findSignedInUser(String(token.sessionId))
        if (!signedIn) throw new Error('This session has ended.')
        return { sessionId: token.sessionId }
      },
      async session({ session, token }) {
        const user = await findSignedInUser(String(token.sessionId))
        return { expires: session.expires, user: { name: user?.name ?? null, email: user?.email ?? null } }
      },
      redirect: ({ url, baseUrl }) => safeNext(url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url),
    },
    events: {
      async signOut({ token }) {
        await endSession(String(token.sessionId))
      },
    },
    logger: {
      error(code, metadata) {
        const { error } = metadata as { error?: Error }
        // What an issuer does wrong is for who set it up to see; what visitors do wrong is not.
        if (code.startsWith('OAUTH')) log.warn({ code, reason: error?.message }, 'single sign-on failed')
        else log.debug({ code }, 'sign-in: next-auth refused')
      },
      warn: (code) => log.debug({ code }, 'sign-in: next-auth warned'),
      debug: () => undefined,
    },
  } satisfies NextAuthOptions
}
