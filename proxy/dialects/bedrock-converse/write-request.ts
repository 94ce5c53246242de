import { asRecord } from '../../json/as-record.ts'
import type { ModelRequest, Target } from '../dialect.ts'

/** The model and whether to stream stand in the path. */
export function writeRequest({ body }: ModelRequest, _: Target, outputCap: number | null): string {
  const { model: _model, stream: _stream, ...asked } = body
  if (outputCap === null) return JSON.stringify(asked)
  return JSON.stringify({ ...asked, inferenceConfig: { ...asRecord(asked.inferenceConfig), maxTokens: outputCap } })
}
