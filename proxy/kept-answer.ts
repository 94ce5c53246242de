import { StipendError } from '#lib/core/errors.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { Deployment, Gateway } from './gateway.ts'
import { authenticateKey } from './steps/authenticate-key.ts'
import { checkAddress } from './steps/check-address.ts'
import { enforceLimits } from './steps/enforce-limits.ts'
import { readAll } from './steps/read-all.ts'
import { asUpstreamError } from './upstream/as-upstream-error.ts'

const maxAnswerBytes = 64 * 1024 * 1024

/**
 * GET, DELETE /v1/responses/{id} and what lies below: an answer that the vendor keeps, for the key that asked for it and
 * for no other. No vendor charges for it.
 */
export async function keptAnswer(gateway: Gateway, exchange: Exchange, id: string): Promise<Answer> {
  const { request } = exchange
  const caller = await authenticateKey(gateway.keys, request)
  checkAddress(caller, request)
  const turn = await enforceLimits(gateway.limits, exchange, caller)
  try {
    const kept = await gateway.answers.find(caller, id)
    if (!kept) throw notFound(id)
    const { deployments } = await gateway.routes.resolve(caller, kept.model)
    const deployment = deployments.find((one) => one.id === kept.deploymentId)
    if (!deployment) throw notFound(id)
    const answer = await ask(gateway, exchange, deployment, id)
    if (request.method === 'DELETE' && answer.status < 300) await gateway.answers.forget(caller, id)
    return answer
  } finally {
    turn.leave(0)
  }
}

async function ask(gateway: Gateway, exchange: Exchange, deployment: Deployment, id: string): Promise<Answer> {
  const { method, path, query, signal } = exchange.request
  const below = /\/(?:input_items|cancel)$/.exec(path)?.[0] ?? ''
  const response = await gateway.upstream
    .send({
      deployment,
      method: method as 'GET' | 'POST' | 'DELETE',
      path: `/responses/${encodeURIComponent(id)}${below}${harmless(query)}`,
      headers: { accept: 'application/json', 'content-type': 'application/json', 'x-request-id': exchange.id },
      body: '',
      signal,
    })
    .catch((error: unknown) => {
      throw asUpstreamError(error)
    })
  const { status } = response
  if (status === 401 || status === 403 || status >= 500) {
    await response.body[Symbol.asyncIterator]().return?.()
    throw new StipendError('upstream_error', `The provider gave no usable answer (HTTP ${status}). Try again later.`)
  }
  const body = await readAll(response.body, maxAnswerBytes)
  return { status, headers: { 'content-type': 'application/json' }, body }
}

/** All that a page of a list can be asked for; a stream of an old answer is not to be had. */
function harmless(query: string): string {
  const asked = new URLSearchParams(query)
  const kept = new URLSearchParams([...asked].filter(([name]) => /^(?:include(?:\[\])?|limit|order|after)$/.test(name)))
  return kept.size > 0 ? `?${kept}` : ''
}

function notFound(id: string): StipendError {
  return new StipendError('not_found', `This key has no response ${id.slice(0, 100)}.`)
}
