import type { z } from 'zod'
import { refuse } from '../refuse.ts'
import { inCamelCase } from './in-camel-case.ts'

/** The request, or the 400 that Google would answer. */
export function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const found = schema.safeParse(inCamelCase(body))
  if (found.success) return found.data
  const issue = found.error.issues[0]!
  const path = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    const at = path && ` at '${path}'`
    throw refuse(`Invalid JSON payload received. Unknown name "${issue.keys[0]}"${at}: Cannot find field.`)
  }
  throw refuse(`Invalid value at '${path}': ${issue.message}`)
}
