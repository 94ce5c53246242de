import { StipendError } from '#lib/core/errors.ts'
import type { Channel } from './channel.ts'
import type { AnswerHead, Billed } from './hub.ts'
import type { Translation } from './translation.ts'

/** A whole answer as the caller reads it. */
export function translateBody(
  { own, wire }: Translation,
  value: unknown,
  { request }: Channel,
  head: AnswerHead,
  bill: Billed,
): Uint8Array {
  const parts = wire.readAnswer(value, request.body)
  const failure = parts.find((part) => part.type === 'failure')
  // It was booked as the vendor reported it; what it said is for the caller to see as an error.
  if (failure) throw new StipendError('upstream_error', `The provider failed: ${failure.message}`)
  return Buffer.from(JSON.stringify(own.writeAnswer(parts, head, bill)))
}
