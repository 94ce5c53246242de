import type { z } from 'zod'
import { StipendError } from './errors.ts'

/** What `schema` makes of `input`; throws `invalid_request_error` that names the first field that is wrong. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') path.push(issue.keys[0]!)
  throw new StipendError('invalid_request_error', describe(issue), path.length ? { param: path.join('.') } : {})
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'This field is not known here. Leave it out or check its spelling.'
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'This field is required.'
  return `${issue.message.replace(/\.$/, '')}.`
}
