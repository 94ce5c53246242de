/** Callers in a process of their own: reads streams, and says how long the first byte of each took. */
import { Pool } from 'undici'

interface Order {
  origin: string
  path: string
  body: object
  streams: number
  atOnce: number
}

process.on('message', async ({ origin, path, body, streams, atOnce }: Order) => {
  const pool = new Pool(origin, { connections: atOnce })
  const firstBytesMs: number[] = []
  const text = JSON.stringify(body)
  const headers = { 'content-type': 'application/json', authorization: 'Bearer sk-stp-bench' }
  let left = streams
  const call = async (): Promise<void> => {
    while (left-- > 0) {
      const startedAt = performance.now()
      const response = await pool.request({ method: 'POST', path, headers, body: text })
      let isFirst = true
      for await (const _ of response.body) {
        if (isFirst) firstBytesMs.push(performance.now() - startedAt)
        isFirst = false
      }
      if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, call))
  await pool.close()
  process.send?.(firstBytesMs)
})

// Whoever started them is gone.
process.on('disconnect', () => process.exit())
