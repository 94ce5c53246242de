import { asRecord } from '../../json/as-record.ts'
import type { ModelRequest, Target } from '../dialect.ts'
import { spellingOf } from './fields.ts'
import { writeNamed } from './write-named.ts'

/** The caller's own body but for the name that was authorised, and a cap that money or the key set. */
export function writeGenerate(request: ModelRequest, target: Target, outputCap: number | null): string {
  if (outputCap === null) return writeNamed(request, target)
  const { body } = request
  const configName = spellingOf(body, 'generationConfig') ?? 'generationConfig'
  const config = asRecord(body[configName])
  const capName = spellingOf(config, 'maxOutputTokens') ?? 'maxOutputTokens'
  return writeNamed({ ...request, body: { ...body, [configName]: { ...config, [capName]: outputCap } } }, target)
}
