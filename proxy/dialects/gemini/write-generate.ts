import { asRecord } from '../../json/as-record.ts'
import type { ModelRequest, Target } from '../dialect.ts'
import { spellingOf } from './fields.ts'
import { withoutForeignSeals } from './without-foreign-seals.ts'
import { writeNamed } from './write-named.ts'

/** The caller's own body but for the name that was authorised, and a cap that money or the key set. */
export function writeGenerate(request: ModelRequest, target: Target, outputCap: number | null): string {
  const mended = withoutForeignSeals(request.body, target)
  const body = target.vendor === 'vertex' ? withRoles(mended) : mended
  if (outputCap === null) return writeNamed({ ...request, body }, target)
  const configName = spellingOf(body, 'generationConfig') ?? 'generationConfig'
  const config = asRecord(body[configName])
  const capName = spellingOf(config, 'maxOutputTokens') ?? 'maxOutputTokens'
  return writeNamed({ ...request, body: { ...body, [configName]: { ...config, [capName]: outputCap } } }, target)
}

/** Vertex AI wants to know whose each turn is; elsewhere Google takes it for the user's. */
function withRoles(body: ModelRequest['body']): ModelRequest['body'] {
  const { contents } = body
  if (!Array.isArray(contents) || contents.every((content) => asRecord(content).role)) return body
  return { ...body, contents: contents.map((content) => ({ role: 'user', ...asRecord(content) })) }
}
