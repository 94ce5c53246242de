import type { Dialect, ModelRequest } from '../dialects/dialect.ts'
import type { Deployment } from '../gateway.ts'
import { cannotSay } from './cannot-say.ts'
import type { Channel } from './channel.ts'
import { dialectsByName } from './dialects-by-name.ts'

/**
 * How a request is put to a deployment: as it is where both speak the same, else translated to the first dialect
 * that both meet in. Null: there is no way. Throws what of the request cannot be said there.
 */
export function openChannel(dialect: Dialect, request: ModelRequest, deployment: Deployment): Channel | null {
  if (deployment.speaks.includes(dialect.name)) return { wire: dialect, request, translation: null }
  const { hub: own } = dialect
  const wire = deployment.speaks.map((name) => dialectsByName[name]).find((one) => one?.hub)
  if (!own || !wire?.hub) return null

  if (request.framing) throw cannotSay('alt', 'Stream with ?alt=sse')
  const dropped = new Set<string>()
  const drop = (field: string): void => void dropped.add(field)
  const conversation = { ...own.readConversation(request.body, drop), stream: request.stream }
  const { model } = request
  const value = { model, ...wire.hub.writeConversation(conversation, deployment, drop) }
  const byteLength = Buffer.byteLength(JSON.stringify(value))
  const translation = { own, wire: wire.hub, dropped: [...dropped] }
  return { wire, request: wire.hub.parseWritten({ value, byteLength }), translation }
}
