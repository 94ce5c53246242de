import { StipendError } from '#lib/core/errors.ts'
import { formatUsd } from '#lib/core/money.ts'
import { unknownUsage } from '#lib/core/usage.ts'
import type { ModelRequest, VendorDialect } from '../dialects/dialect.ts'
import type { Answer, Exchange } from '../exchange.ts'
import { headOf } from '../hub/head-of.ts'
import { translateBody } from '../hub/translate-body.ts'
import { type Bill, billAnswer } from '../metering/bill-answer.ts'
import type { Served } from '../metering/served.ts'
import type { Written } from '../metering/written.ts'
import { asFailure } from './as-failure.ts'
import type { Reply } from './begin-reply.ts'
import type { RequestRecord } from './open-record.ts'
import { readAll } from './read-all.ts'

/** No model writes more than this at once, pictures included. */
const maxAnswerBytes = 64 * 1024 * 1024

/** Ordinary text has four to five: what says that it needed half as many tokens is counted. */
const looseBytesPerToken = 6

const free: Bill = { usage: unknownUsage, costNanos: 0n, estimated: false }

/** Reads the whole answer, books it, and passes it on unmodified. */
export async function meterBody(
  exchange: Exchange,
  record: RequestRecord,
  reply: Reply,
  served: Served,
  asked: ModelRequest,
): Promise<Answer> {
  const { wire, translation } = reply.channel
  const bytes = await readAll(wholeOf(reply), maxAnswerBytes).catch((error: unknown) => {
    throw asFailure(error, exchange.request.signal)
  })
  const isBare = wire.answersBytes && !reply.headers['content-type']?.includes('json')
  const value = isBare ? null : parse(bytes)
  const report = wire.readReport(value)
  const bill = reply.channel.request.isFree ? free : await billAnswer(served, report, writtenIn(value, wire))
  reply.attempt.fate = 'served'
  await record.settle(
    {
      ...bill,
      deployment: reply.deployment,
      status: 200,
      errorCode: report.failed ? 'upstream_error' : null,
      firstTokenMs: reply.firstTokenMs,
      finishReason: report.finishReason,
    },
    report.answerId,
  )
  return {
    status: 200,
    headers: { 'content-type': 'application/json', ...reply.headers, 'x-stipend-cost-usd': formatUsd(bill.costNanos) },
    body: translation ? translateBody(translation, value, reply.channel, headOf(exchange, asked), bill) : bytes,
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

function writtenIn(value: unknown, dialect: VendorDialect): Written {
  const text = dialect.readText(value)
  return {
    mayExceed: (tokens) => Buffer.byteLength(text) > tokens * looseBytesPerToken,
    read: () => ({ texts: [text], unkeptBytes: 0, pieces: text === '' ? 0 : 1 }),
  }
}
