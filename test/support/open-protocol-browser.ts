import type { NextApiRequest, NextApiResponse } from 'next'
import NextAuth from 'next-auth'
import { nextAuthOptions, type Voucher } from '#lib/auth/next-auth-options.ts'
import { remoteAddressHeader } from '#lib/auth/remote-address.ts'

interface ProtocolBrowserOptions {
  https?: boolean
  address?: string
  host?: string
  voucher?: Voucher | null
}

/** A browser that keeps cookies and speaks NextAuth's protocol. */
export function openProtocolBrowser({
  https = false,
  address = '192.0.2.1',
  host = 'stipend.example',
  voucher = null,
}: ProtocolBrowserOptions = {}) {
  const cookies: Record<string, string> = {}
  const attributes: Record<string, string> = {}
  const headers = {
    [remoteAddressHeader]: address,
    'x-forwarded-host': host,
    'x-forwarded-proto': https ? 'https' : 'http',
  }

  async function send(path: string, form?: Record<string, string>) {
    const answered = { location: '', body: {} as Record<string, unknown> }
    const response = {
      getHeader: () => undefined,
      setHeader(name: string, value: string | string[]) {
        if (name === 'Location') answered.location = String(value)
        if (name === 'Set-Cookie') for (const line of [value].flat()) keep(line)
        return response
      },
      status: () => response,
      end: () => response,
      send: (body: Record<string, unknown>) => Object.assign(answered, { body }),
    }
    const method = form ? 'POST' : 'GET'
    const [pathname = '', search = ''] = path.split('?')
    const query = { ...Object.fromEntries(new URLSearchParams(search)), nextauth: pathname.split('/') }
    const request = { method, headers, cookies: { ...cookies }, query, body: form ?? {} }
    await NextAuth(
      request as unknown as NextApiRequest,
      response as unknown as NextApiResponse,
      nextAuthOptions({ headers: new Headers(headers), cookie: (name) => cookies[name] }, voucher),
    )
    return answered
  }

  function keep(line: string) {
    const [pair = '', ...rest] = line.split('; ')
    const [name = '', value = ''] = pair.split('=')
    cookies[name] = decodeURIComponent(value)
    attributes[name] = rest.join('; ')
    if (rest.includes('Max-Age=0')) delete cookies[name]
  }

  async function post(path: string, form: Record<string, string>) {
    const { body } = await send('csrf')
    return send(path, { csrfToken: String(body.csrfToken), ...form })
  }

  return { cookies, attributes, send, post }
}
