import { environment } from '#lib/environment.ts'
import { nodeHttp } from '#proxy/mounts/node-http.ts'
import { composeGateway } from '#server/compose-gateway.ts'
import { serve } from '#server/serve.ts'

/** A gateway as `npm start` composes and serves it, without the console. It knows nothing of the faults around it. */
const composed = await composeGateway()
const server = await serve({
  host: '127.0.0.1',
  port: 0,
  gateway: nodeHttp(composed.gateway),
  console: (_, response) => void response.writeHead(404).end(),
  drainMs: environment().STIPEND_DRAIN_SECONDS * 1000,
})
process.stdout.write(`ready ${server.port}\n`)
process.once('SIGTERM', () => {
  void server
    .stop()
    .then(composed.close)
    .then(() => process.exit(0))
})
