import type { Units } from '#lib/core/units.ts'
import { type Usage, unknownUsage } from '#lib/core/usage.ts'
import { asRecord } from '../../json/as-record.ts'
import { countsOf } from '../counts-of.ts'
import type { Report } from '../dialect.ts'

/** How many pictures there are, and where they are paid by tokens, how many of which kind. */
export function readImagesReport(value: unknown): Report {
  const answer = asRecord(value)
  const end = { finishReason: null, failed: answer.error != null }
  const images = Array.isArray(answer.data) ? answer.data.length : null
  if (answer.usage == null) {
    const counted = images === null ? null : { ...unknownUsage, units: { image: images } }
    return { usage: counted, broken: false, ...end }
  }
  const counts = countsOf()
  const { count } = counts
  const told = asRecord(answer.usage)
  const output = count(told.output_tokens)
  const units: Units = {
    ...(images !== null && { image: images }),
    image_input_token: count(asRecord(told.input_tokens_details).image_tokens) ?? 0,
    // Where nothing else is said all of it is picture.
    image_output_token: count(asRecord(told.output_tokens_details).image_tokens, output) ?? 0,
  }
  const usage: Usage = { ...unknownUsage, inputTokens: count(told.input_tokens), outputTokens: output, units }
  return { usage, broken: counts.isBroken(), ...end }
}
