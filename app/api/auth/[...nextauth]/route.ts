import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { nextAuthOptions } from '#lib/auth/next-auth-options.ts'
import { log } from '#lib/log.ts'
import { openVoucher } from './open-voucher.ts'

const actions = new Set(['providers', 'csrf', 'session', 'signin', 'signout', 'callback', 'error'])

interface Context {
  params: Promise<{ nextauth: string[] }>
}

/** Sign-in as a protocol, for programs and for sign-in through other parties. The console's forms use lib/auth itself. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params
  if (!actions.has(nextauth[0] ?? '')) return new Response(null, { status: 404 })
  const { headers } = request
  if (!URL.canParse(`http://${headers.get('x-forwarded-host') ?? headers.get('host')}`)) {
    return new Response(null, { status: 400 })
  }
  const voucher = await openVoucher(nextauth[1]).catch((error: unknown) => {
    log.error({ err: error }, 'single sign-on: the issuer does not answer as one')
    return null
  })
  const cookie = (name: string) => request.cookies.get(name)?.value
  return NextAuth(request, context, nextAuthOptions({ headers, cookie }, voucher))
}

export { handle as GET, handle as POST }
