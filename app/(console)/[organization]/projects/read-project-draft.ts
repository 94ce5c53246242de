import { z } from 'zod'
import type { ProjectDraft } from '#components/projects/project-draft.ts'
import { parseInput } from '#lib/core/parse-input.ts'
import type { CreateProjectInput } from '#lib/projects/create-project.ts'
import { capDraftSchema } from '../../cap-draft-schema.ts'
import { rateDraftSchema } from '../../rate-draft-schema.ts'
import { readCaps } from '../../read-caps.ts'
import { readRates } from '../../read-rates.ts'

const schema = z.strictObject({
  name: z.string(),
  models: z.array(z.string()),
  caps: z.array(capDraftSchema),
  ...rateDraftSchema.shape,
}) satisfies z.ZodType<ProjectDraft>

/** What a form says, as the operations take it. */
export function readProjectDraft(form: unknown): Required<CreateProjectInput> {
  const { name, models, caps, ...rates } = parseInput(schema, form)
  return { name, models: models.length > 0 ? models : null, budgets: readCaps(caps), ...readRates(rates) }
}
