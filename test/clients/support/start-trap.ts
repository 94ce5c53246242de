import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A proxy that lets nothing out, whoever asks. */
export async function startTrap(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((_, response) => response.writeHead(502).end())
  server.on('connect', (_, socket) => {
    // Whoever has hung up already need not hear it.
    socket.on('error', () => socket.destroy())
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
