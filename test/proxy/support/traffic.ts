import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A recorded exchange with a vendor. */
export interface Recording {
  file: string
  provider: string
  request: Record<string, unknown> | null
  /** With its query; null where the recorder dropped it. */
  path: string | null
  status: number
  contentType: string | null
  body: string
}

/** Recordings are no part of this repository; they lie beside it where they are to be had. */
export const trafficFolder = fileURLToPath(new URL('../../../../shared/traffic/', import.meta.url))

export const hasTraffic = existsSync(trafficFolder)

export function readTraffic(pattern: RegExp): Recording[] {
  const files = hasTraffic ? readdirSync(trafficFolder).filter((file) => pattern.test(file)) : []
  return files.map((file) => {
    const { provider, request, response } = JSON.parse(readFileSync(`${trafficFolder}${file}`, 'utf8'))
    return {
      file,
      provider,
      request: typeof request?.body === 'object' ? request.body : null,
      path: typeof request?.path === 'string' ? request.path : null,
      status: response.status,
      contentType: response.headers?.['content-type'] ?? null,
      body: response.sse ?? response.body_text ?? JSON.stringify(response.body),
    }
  })
}
