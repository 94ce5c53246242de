import { StipendError } from '#lib/core/errors.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { Gateway } from './gateway.ts'

/** Whoever is between us and the caller cuts what is silent for long. */
const commentEveryMs = 5_000

/**
 * A stream that says nothing but that it lives, until the real answer is there. It has said 200 by then, so a failure is an
 * event of the dialect.
 */
export function answerEarly(gateway: Gateway, exchange: Exchange, told: Promise<Answer>): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
    body: comments(gateway, exchange, told),
  }
}

async function* comments(gateway: Gateway, exchange: Exchange, told: Promise<Answer>): AsyncGenerator<Uint8Array> {
  const settled = told.then(
    () => true,
    () => true,
  )
  do yield Buffer.from(': queued\n\n')
  while (!(await Promise.race([settled, silence(gateway.settings.commentEveryMs ?? commentEveryMs)])))
  try {
    const { body, status } = await told
    if (!(body instanceof Uint8Array)) yield* body
    else if (status < 300) yield Buffer.concat([Buffer.from('data: '), body, Buffer.from('\n\n')])
  } catch (error) {
    const failure =
      error instanceof StipendError ? error : new StipendError('upstream_error', 'The provider refused this request.')
    yield Buffer.from(exchange.dialect.renderErrorEvent(failure))
  }
}

function silence(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms).unref())
}
