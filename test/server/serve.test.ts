import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { nodeHttp } from '#proxy/mounts/node-http.ts'
import { type RunningServer, serve } from '#server/serve.ts'
import { eventually, secret, startWorld, type World } from '../proxy/support/world.ts'

test('a sender that trickles is heard for so long and no longer; nothing is sent on, nothing stays held', async () => {
  const world: World = await startWorld()
  const server: RunningServer = await serve({
    host: '127.0.0.1',
    port: 0,
    gateway: nodeHttp(world.gateway),
    console: (_, response) => void response.end(),
    requestTimeoutMs: 500,
  })
  const socket = connect(server.port, '127.0.0.1')
  // What the server says before it hangs up may be lost in what is still being sent.
  socket.on('error', () => {}).resume()
  const trickle = setInterval(() => socket.writable && socket.write(' '), 20)
  try {
    await once(socket, 'connect')
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${secret}\r\ncontent-type: application/json\r\ncontent-length: 90000\r\n\r\n{"model":`,
    )
    await once(socket, 'close')
    await eventually(() => world.turns === 0)
    expect(world.vendor.visits).toEqual([])
    const { kind, outcome } = await eventually(() => world.ledger.entries[0])
    expect({ kind, status: outcome.status, cost: outcome.costNanos }).toEqual({ kind: 'record', status: 499, cost: 0n })
  } finally {
    clearInterval(trickle)
    socket.destroy()
    await server.stop()
    await world.close()
  }
})
