import { type Usage, unknownUsage } from '#lib/core/usage.ts'
import { asRecord } from '../../json/as-record.ts'
import { countsOf } from '../counts-of.ts'
import type { Report } from '../dialect.ts'

/** Seconds or tokens, as the model is paid; older models say only how long the recording was. */
export function readSoundReport(value: unknown): Report {
  const answer = asRecord(value)
  const end = { finishReason: null, failed: answer.error != null }
  const told = asRecord(answer.usage)
  const counts = countsOf()
  const { count } = counts
  const seconds = told.seconds ?? answer.duration
  if (seconds !== undefined && seconds !== null) {
    // A second that has begun is paid.
    const second = count(typeof seconds === 'number' ? Math.ceil(seconds) : seconds)
    const usage = second === null ? null : { ...unknownUsage, units: { second } }
    return { usage, broken: counts.isBroken(), ...end }
  }
  if (answer.usage == null) return { usage: null, broken: false, ...end }
  const sound = count(asRecord(told.input_token_details).audio_tokens) ?? 0
  const usage: Usage = {
    ...unknownUsage,
    inputTokens: count(told.input_tokens),
    outputTokens: count(told.output_tokens),
    units: { audio_input_token: sound },
  }
  return { usage, broken: counts.isBroken(), ...end }
}
