import { z } from 'zod'
import type { KeyDraft } from '#components/keys/key-draft.ts'
import { parseInput } from '#lib/core/parse-input.ts'
import { shiftDate } from '#lib/core/shift-date.ts'
import { startOfDate } from '#lib/core/start-of-date.ts'
import type { CreateKeyInput } from '#lib/keys/create-key.ts'
import { capDraftSchema } from '../../cap-draft-schema.ts'
import { rateDraftSchema } from '../../rate-draft-schema.ts'
import { readCaps } from '../../read-caps.ts'
import { readCount } from '../../read-count.ts'
import { readRates } from '../../read-rates.ts'

const schema = z.strictObject({
  name: z.string(),
  projectId: z.string(),
  memberEmail: z.string(),
  models: z.array(z.string()),
  caps: z.array(capDraftSchema),
  expiresOn: z.union([z.literal(''), z.iso.date()]),
  ...rateDraftSchema.shape,
  maxOutputTokens: z.string(),
  allowedIps: z.string(),
  tags: z.string(),
}) satisfies z.ZodType<KeyDraft>

/** What a form says, as the operations take it. A last day lasts until its end in this time zone. */
export function readKeyDraft(form: unknown, timeZone: string): CreateKeyInput {
  const draft = parseInput(schema, form)
  const { requestsPerMinute, tokensPerMinute, requestsPerDay, maxParallel } = draft
  return {
    name: draft.name,
    projectId: draft.projectId,
    memberEmail: draft.memberEmail || null,
    models: draft.models.length > 0 ? draft.models : null,
    budgets: readCaps(draft.caps),
    expiresAt: draft.expiresOn ? startOfDate(shiftDate(draft.expiresOn, 1), timeZone) : null,
    ...readRates({ requestsPerMinute, tokensPerMinute, requestsPerDay, maxParallel }),
    maxOutputTokens: readCount(draft.maxOutputTokens, 'maxOutputTokens'),
    allowedIps: draft.allowedIps.split(/[\s,，;]+/).filter(Boolean),
    tags: draft.tags
      .split(/[,，、;\n]/)
      .map((tag) => tag.trim())
      .filter(Boolean),
  }
}
