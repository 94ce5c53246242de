import { StipendError } from '#lib/core/errors.ts'
import { type Units, unitKinds } from '#lib/core/units.ts'
import type { Dialect, Input, ModelRequest } from '../dialects/dialect.ts'
import type { Deployment, Route } from '../gateway.ts'
import type { Channel, Channels } from '../hub/channel.ts'
import { openChannel } from '../hub/open-channel.ts'

export interface Opened {
  /** With those deployments only to which there is a channel, and those fallbacks that have one. */
  route: Route
  channels: Channels
  /** The request as it has to be paid for, whichever deployment answers it. */
  widest: ModelRequest
}

/** Finds out how the request is put to each deployment, before anything is paid. Throws when it can be put to none. */
export function openChannels(dialect: Dialect, request: ModelRequest, route: Route): Opened {
  const channels = new Map<string, Channel>()
  let refusal: unknown
  const isOpen = (deployment: Deployment): boolean => {
    try {
      const channel = channels.get(deployment.id) ?? openChannel(dialect, request, deployment)
      if (channel) channels.set(deployment.id, channel)
      return channel !== null
    } catch (error) {
      refusal ??= error
      return false
    }
  }
  const callable = (one: Route): Route => ({ ...one, deployments: one.deployments.filter(isOpen) })
  const allCallable = (routes: Route[]): Route[] => routes.map(callable).filter((one) => one.deployments.length > 0)

  const { deployments } = callable(route)
  if (deployments.length === 0) throw refusal ?? refuse(route)
  const { general, context, content } = route.fallbacks
  const fallbacks = { general: allCallable(general), context: allCallable(context), content: allCallable(content) }
  const requests = [...channels.values()].map((channel) => channel.request)
  const input = widestOf(requests.map((one) => one.input))
  const units = mostOf(requests.flatMap((one) => one.units ?? []))
  return {
    route: { ...route, deployments, fallbacks },
    channels,
    widest: { ...request, input, ...(units && { units }) },
  }
}

/** The most of each that any of them can use; null: none says anything of it. */
function mostOf(all: Units[]): Units | null {
  if (all.length === 0) return null
  const kinds = unitKinds.filter((kind) => all.some((units) => units[kind] !== undefined))
  return Object.fromEntries(kinds.map((kind) => [kind, Math.max(...all.map((units) => units[kind] ?? 0))]))
}

/** The most of each kind that any of them has. */
function widestOf(inputs: Input[]): Input {
  const [first] = inputs
  const longest = inputs.reduce((one, other) => (other.textBytes > one.textBytes ? other : one))
  if (inputs.every((input) => input === first)) return longest
  return {
    textBytes: longest.textBytes,
    images: Math.max(...inputs.map(({ images }) => images)),
    documents: Math.max(...inputs.map(({ documents }) => documents ?? 0)),
    scaffoldTokens: Math.max(...inputs.map(({ scaffoldTokens }) => scaffoldTokens)),
    readTexts: () => longest.readTexts(),
  }
}

function refuse({ model, deployments }: Route): StipendError {
  const vendors = [...new Set(deployments.map(({ vendor }) => vendor))].join(', ')
  const message = `${model} is served by ${vendors}, which cannot be called in this dialect. Use another model.`
  return new StipendError('invalid_request_error', message, { param: 'model' })
}
