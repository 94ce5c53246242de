/** Callers in a process of their own: reads streams, and says when each was asked for, and when its first byte came. */
import { Pool } from 'undici'
import { nowMs } from './now-ms.ts'

interface Order {
  origin: string
  path: string
  body: object
  streams: number
  atOnce: number
}

export interface Seen {
  askedAtMs: number
  firstAtMs: number
}

process.on('message', async ({ origin, path, body, streams, atOnce }: Order) => {
  const pool = new Pool(origin, { connections: atOnce })
  const seen: Seen[] = []
  const text = JSON.stringify(body)
  const headers = { 'content-type': 'application/json', authorization: 'Bearer sk-stp-bench' }
  let left = streams
  const call = async (): Promise<void> => {
    while (left-- > 0) {
      const askedAtMs = nowMs()
      const response = await pool.request({ method: 'POST', path, headers, body: text })
      let isFirst = true
      for await (const _ of response.body) {
        if (isFirst) seen.push({ askedAtMs, firstAtMs: nowMs() })
        isFirst = false
      }
      if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, call))
  await pool.close()
  process.send?.(seen)
})

// Whoever started them is gone.
process.on('disconnect', () => process.exit())
