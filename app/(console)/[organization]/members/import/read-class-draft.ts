import { z } from 'zod'
import type { ClassInput } from '#lib/claims/plan-class.ts'
import { parseInput } from '#lib/core/parse-input.ts'
import { periods } from '#lib/core/period.ts'
import { readCaps } from '../../../read-caps.ts'

const schema = z.strictObject({ csv: z.string(), projectId: z.string(), limitUsd: z.string(), period: z.enum(periods) })

/** What was typed, as the operation takes it; throws `invalid_request_error` where it cannot be. */
export function readClassDraft(form: unknown): ClassInput {
  const { csv, projectId, limitUsd, period } = parseInput(schema, form)
  return { csv, projectId, cap: readCaps([{ id: 1, limitUsd, period }]) }
}
