import type { ModelRequest, Target } from '../dialect.ts'
import { writeNamed } from './write-named.ts'

/** As it came but for the model, a cap that money set, and the usage, which is always asked for. */
export function writeCompletions(request: ModelRequest, target: Target, outputCap: number | null): string {
  const { body, stream } = request
  const capped = outputCap === null ? body : { ...body, max_tokens: outputCap }
  const options = { ...(body.stream_options as object | null), include_usage: true }
  return writeNamed({ ...request, body: stream ? { ...capped, stream_options: options } : capped }, target)
}
