import { StipendError } from '#lib/core/errors.ts'
import { formatUsd } from '#lib/core/money.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { Answer } from '../exchange.ts'
import { billAnswer } from '../metering/bill-answer.ts'
import type { Served } from '../metering/served.ts'
import type { Written } from '../metering/written.ts'
import { asFailure } from './as-failure.ts'
import type { Reply } from './begin-reply.ts'
import type { RequestRecord } from './open-record.ts'
import { readAll } from './read-all.ts'

/** No model writes more than this at once, pictures included. */
const maxAnswerBytes = 64 * 1024 * 1024

/** Ordinary text has about half of it. */
const looseBytesPerToken = 8

/** Reads the whole answer, books it, and passes it on unmodified. */
export async function meterBody(
  dialect: Dialect,
  record: RequestRecord,
  reply: Reply,
  served: Served,
  signal: AbortSignal,
): Promise<Answer> {
  const bytes = await readAll(wholeOf(reply), maxAnswerBytes).catch((error: unknown) => {
    throw asFailure(error, signal)
  })
  const value = parse(bytes)
  const report = dialect.readReport(value)
  const bill = await billAnswer(served, report, writtenIn(value, dialect))
  reply.attempt.fate = 'served'
  await record.settle({
    ...bill,
    deployment: reply.deployment,
    status: 200,
    errorCode: report.failed ? 'upstream_error' : null,
    firstTokenMs: reply.firstTokenMs,
    finishReason: report.finishReason,
  })
  return {
    status: 200,
    headers: { 'content-type': 'application/json', ...reply.headers, 'x-stipend-cost-usd': formatUsd(bill.costNanos) },
    body: bytes,
  }
}

async function* wholeOf({ firstChunk, rest }: Reply): AsyncIterable<Uint8Array> {
  yield firstChunk
  yield* { [Symbol.asyncIterator]: () => rest }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'))
  } catch (cause) {
    throw new StipendError('upstream_error', 'The provider answered something that is not JSON.', { cause })
  }
}

function writtenIn(value: unknown, dialect: Dialect): Written {
  const text = dialect.readText(value)
  return {
    mayExceed: (tokens) => Buffer.byteLength(text) > tokens * looseBytesPerToken,
    read: () => ({ texts: [text], unkeptBytes: 0, pieces: text === '' ? 0 : 1 }),
  }
}
