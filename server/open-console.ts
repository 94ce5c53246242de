import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import next from 'next'
import { isSecureRequest } from '#lib/auth/is-secure-request.ts'
import { securityHeaders } from '#lib/auth/security-headers.ts'
import type { Handler } from './serve.ts'

const nonceBytes = 16

export interface Console {
  handle: Handler
  close(): Promise<void>
}

/** The pages, served by Next inside this process. */
export async function openConsole(options: { dev: boolean; host: string; port: number }): Promise<Console> {
  const app = next({
    dev: options.dev,
    dir: join(import.meta.dirname, '..'),
    hostname: options.host,
    port: options.port,
  })
  await app.prepare()
  const handle = app.getRequestHandler()
  return {
    handle(request, response) {
      const nonce = randomBytes(nonceBytes).toString('base64')
      const headers = securityHeaders(nonce, {
        secure: isSecureRequest(request.headers['x-forwarded-proto']?.toString()),
        development: options.dev,
      })
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      // Next reads the nonce for its own scripts from the request, as if a proxy before it had set it.
      request.headers['content-security-policy'] = headers['content-security-policy']
      request.headers['x-nonce'] = nonce
      return handle(request, response)
    },
    close: () => app.close(),
  }
}
