import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { nodeHttp } from '#proxy/mounts/node-http.ts'
import { composeGateway } from '#server/compose-gateway.ts'

/** A gateway as `npm start` composes it, without the console. It knows nothing of the faults around it. */
const composed = await composeGateway()
const server = createServer(nodeHttp(composed.gateway))
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready ${(server.address() as AddressInfo).port}\n`)
})
process.once('SIGTERM', () => {
  server.close()
  server.closeAllConnections()
  void composed.close().then(() => process.exit(0))
})
