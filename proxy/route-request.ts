import { StipendError } from '#lib/core/errors.ts'
import { newId } from '#lib/core/ids.ts'
import { answerEarly } from './answer-early.ts'
import { callModel } from './call-model.ts'
import { depthHeader } from './depth-header.ts'
import { describeKey } from './describe-key.ts'
import { findDialect } from './dialects/find-dialect.ts'
import type { Answer, Exchange, IncomingRequest } from './exchange.ts'
import type { Gateway } from './gateway.ts'
import { keptAnswer } from './kept-answer.ts'
import { getModel, listModels } from './list-models.ts'
import { renderFailure } from './render-failure.ts'

interface Story {
  method: 'GET' | 'POST' | 'DELETE'
  /** Below the base URL, which is taken with and without /v1, also by clients that add one themselves. */
  path: RegExp
  tell(gateway: Gateway, exchange: Exchange, rest: string): Promise<Answer>
}

const stories: readonly Story[] = [
  { method: 'POST', path: /^\/chat\/completions$/, tell: callModel },
  { method: 'POST', path: /^\/messages(?:\/count_tokens)?$/, tell: callModel },
  { method: 'POST', path: /^\/responses$/, tell: callModel },
  { method: 'POST', path: /^\/(?:completions|embeddings|moderations|rerank)$/, tell: callModel },
  { method: 'POST', path: /^\/images\/(?:generations|edits)$/, tell: callModel },
  { method: 'POST', path: /^\/audio\/(?:speech|transcriptions|translations)$/, tell: callModel },
  {
    method: 'POST',
    path: /^\/models\/.+:(?:generateContent|streamGenerateContent|countTokens|embedContent|batchEmbedContents)$/,
    tell: callModel,
  },
  { method: 'GET', path: /^\/responses\/([^/]+)$/, tell: keptAnswer },
  { method: 'DELETE', path: /^\/responses\/([^/]+)$/, tell: keptAnswer },
  { method: 'GET', path: /^\/responses\/([^/]+)\/input_items$/, tell: keptAnswer },
  { method: 'POST', path: /^\/responses\/([^/]+)\/cancel$/, tell: keptAnswer },
  { method: 'GET', path: /^\/key$/, tell: describeKey },
  { method: 'GET', path: /^\/models$/, tell: listModels },
  { method: 'GET', path: /^\/models\/(.+)$/, tell: getModel },
]

/** Answers any request, whatever happens: this never rejects. */
export async function routeRequest(gateway: Gateway, request: IncomingRequest): Promise<Answer> {
  const startedAtMs = gateway.clock.now()
  const dialect = findDialect(request)
  const exchange: Exchange = {
    id: request.id ?? newId(startedAtMs),
    startedAtMs,
    request,
    dialect,
    tries: [],
    headers: {},
  }
  const told = tell(gateway, exchange)
  const answer = await new Promise<Answer>((resolve, reject) => {
    exchange.waits = () => resolve(answerEarly(gateway, exchange, told))
    told.then(resolve, reject)
  }).catch((error: unknown) => renderFailure(gateway.log, exchange, error))
  Object.assign(answer.headers, exchange.headers)
  answer.headers['x-request-id'] = exchange.id
  if (exchange.tries.length > 0) answer.headers['x-stipend-attempts'] = String(exchange.tries.length)
  return answer
}

async function tell(gateway: Gateway, exchange: Exchange): Promise<Answer> {
  const { method, path, headers } = exchange.request
  if (headers[depthHeader]) {
    const message = 'This request came from this gateway: one of its providers points back at it. Change its base URL.'
    throw new StipendError('invalid_request_error', message)
  }
  const below = path.replace(/^(?:\/v1beta\/openai|\/v1beta|\/v1)+(?=\/)/, '')
  const story = stories.find((one) => one.method === method && one.path.test(below))
  if (!story) throw refuse(method, path, below)
  return story.tell(gateway, exchange, decode(story.path.exec(below)?.[1] ?? ''))
}

function refuse(method: string, path: string, below: string): StipendError {
  const found = stories.filter((story) => story.path.test(below))
  if (found.length === 0) {
    return new StipendError(
      'not_found',
      `There is nothing at ${path.slice(0, 200)}. Check the base URL of your client.`,
    )
  }
  const allowed = found.map((one) => one.method).join(', ')
  return new StipendError('method_not_allowed', `${path} takes ${allowed}, not ${method}.`, { facts: { allowed } })
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
