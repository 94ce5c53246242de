import { StipendError } from '#lib/core/errors.ts'
import type { Dialect, ModelRequest } from '../dialects/dialect.ts'
import type { Deployment } from '../gateway.ts'
import { cannotSay } from './cannot-say.ts'
import type { Channel } from './channel.ts'
import { dialectsByName } from './dialects-by-name.ts'
import type { Hub } from './hub.ts'
import { refuseLooseTurns } from './refuse-loose-turns.ts'

/**
 * How a request is put to a deployment: as it is where both speak the same, else translated to the first dialect
 * that both meet in. Null: there is no way. Throws what of the request cannot be said there.
 */
export function openChannel(dialect: Dialect, request: ModelRequest, deployment: Deployment): Channel | null {
  if (dialect.isServedBy?.(deployment) === false) return null
  if (deployment.speaks.includes(dialect.name)) return { wire: dialect, request, translation: null }
  const { hub: own } = dialect
  const wire = deployment.speaks.map((name) => dialectsByName[name]).find((one) => one?.hub)
  if (!own || !wire?.hub) return null

  if (request.framing) throw cannotSay('alt', 'Stream with ?alt=sse')
  const dropped = new Set<string>(request.dropped)
  const conversation = { ...own.readConversation(request.body, (field) => dropped.add(field)), stream: request.stream }
  try {
    refuseLooseTurns(conversation)
    const said = wire.hub.writeConversation(conversation, deployment, (field) =>
      dropped.add(own.nameOf(field, request.body)),
    )
    const value = { model: request.model, ...said }
    const byteLength = Buffer.byteLength(JSON.stringify(value))
    const translation = { own, wire: wire.hub, dropped: [...dropped] }
    return { wire, request: wire.hub.parseWritten({ value, byteLength }), translation }
  } catch (error) {
    throw inNamesOf(own, request, error)
  }
}

function inNamesOf(own: Hub, { body }: ModelRequest, error: unknown): unknown {
  if (!(error instanceof StipendError) || error.param === undefined) return error
  const param = own.nameOf(error.param, body)
  if (param === error.param) return error
  return new StipendError(error.code, error.message.replace(error.param, param), { param, cause: error })
}
