import type { ServerResponse } from 'node:http'
import { pool } from '#lib/db/pool.ts'
import { renderMetrics } from './render-metrics.ts'

/** Answers /healthz, /readyz and /metrics; false when the path is none of them. */
export function answerHealth(path: string, response: ServerResponse, isDraining = false): boolean {
  switch (path) {
    case '/healthz':
      reply(response, 200, 'text/plain; charset=utf-8', 'ok\n')
      return true
    case '/readyz':
      if (isDraining) {
        reply(response, 503, 'text/plain; charset=utf-8', 'stopping\n')
        return true
      }
      void isReady().then((ready) =>
        reply(response, ready ? 200 : 503, 'text/plain; charset=utf-8', ready ? 'ready\n' : 'the database is away\n'),
      )
      return true
    case '/metrics':
      void renderMetrics().then(({ type, text }) => reply(response, 200, type, text))
      return true
    default:
      return false
  }
}

/** The database answers and has its tables; both fail in the same way. */
async function isReady(): Promise<boolean> {
  try {
    await pool().query('SELECT FROM nodes LIMIT 0')
    return true
  } catch {
    return false
  }
}

function reply(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text)
}
