import type { ModelRequest, Target } from '../dialect.ts'
import { writeNamed } from './write-named.ts'

/** A form is sent as it came, byte for byte, but for the value of its model. */
export function writeForm(request: ModelRequest, target: Target): string | Uint8Array {
  return request.form ? request.form.withField('model', target.upstreamModel) : writeNamed(request, target)
}
