import { StipendError } from '#lib/core/errors.ts'
import { describeError } from '../describe-error.ts'
import type { Dialect, ModelRequest } from '../dialects/dialect.ts'
import type { Exchange, Try } from '../exchange.ts'
import type { Deployment, Gateway, Route, UpstreamResponse } from '../gateway.ts'
import { codeOf } from '../upstream/as-upstream-error.ts'
import { NotDispatched } from '../upstream/not-dispatched.ts'
import { asFailure } from './as-failure.ts'
import { beginReply, type Reply } from './begin-reply.ts'
import type { Allowance } from './cap-output.ts'
import { ClientGone } from './client-gone.ts'
import { isWebPage, readRefusal } from './read-refusal.ts'
import { VendorRefusal } from './vendor-refusal.ts'

/**
 * Calls the deployments in their order until one answers, before anything was sent to the caller. Throws a
 * `VendorRefusal` when the request is at fault, and the last failure when all of them failed.
 */
export async function callProvider(
  gateway: Gateway,
  exchange: Exchange,
  dialect: Dialect,
  request: ModelRequest,
  route: Route,
  allowance: Allowance,
): Promise<Reply> {
  let failure: unknown
  for (const deployment of route.deployments) {
    if (exchange.request.signal.aborted) throw new ClientGone()
    const body = dialect.writeRequest(request, deployment, allowance.outputCap)
    const attempt = beginTry(exchange, deployment)
    const startedAtMs = gateway.clock.now()
    try {
      const response = await gateway.upstream.send({
        deployment,
        path: dialect.upstreamPath,
        headers: {
          'content-type': 'application/json',
          'x-request-id': exchange.id,
          accept: request.stream ? 'text/event-stream' : 'application/json',
        },
        body,
        signal: exchange.request.signal,
      })
      attempt.status = response.status
      if (!isAnswer(response)) {
        attempt.fate = 'refused'
        throw await readRefusal(response)
      }
      return await beginReply(gateway, exchange, request, attempt, response)
    } catch (error) {
      failure = asFailure(error, exchange.request.signal)
      if (error instanceof NotDispatched) attempt.fate = 'unsent'
      attempt.error = wordFor(failure)
      if (failure instanceof ClientGone) throw failure
      const facts = { requestId: exchange.id, deploymentId: deployment.id, ...describeError(error) }
      gateway.log.warn(facts, 'an upstream attempt failed')
      if (isAtFault(failure)) throw failure
    } finally {
      attempt.latencyMs = gateway.clock.now() - startedAtMs
    }
  }
  throw failure
}

/** Sent and unanswered until it shows otherwise: whatever throws in between, the money stays. */
function beginTry(exchange: Exchange, deployment: Deployment): Try {
  const attempt: Try = {
    deployment,
    deploymentId: deployment.id,
    providerId: deployment.providerId,
    provider: deployment.providerName,
    status: null,
    error: null,
    latencyMs: 0,
    fate: 'lost',
  }
  exchange.tries.push(attempt)
  return attempt
}

function isAnswer(response: UpstreamResponse): boolean {
  return response.status >= 200 && response.status < 300 && !isWebPage(response)
}

/** The request itself is wrong, for this deployment and any other. */
function isAtFault(failure: unknown): boolean {
  return failure instanceof VendorRefusal && failure.status !== 429 && failure.status !== 408
}

function wordFor(failure: unknown): string {
  if (failure instanceof VendorRefusal) return `refused with ${failure.status}`
  if (failure instanceof StipendError) return codeOf(failure.cause) || failure.code
  return 'client_gone'
}
