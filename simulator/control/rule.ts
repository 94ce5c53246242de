import { z } from 'zod'
import { type Behaviour, behaviourFields } from '../behaviour.ts'

/** Behaviour for those calls that match all that it names; a rule that names nothing is for every call. */
export interface Rule extends Partial<Behaviour> {
  /** As presented, with or without what follows its first semicolon. */
  credential?: string
  model?: string
  /** Only for the next calls, and then forgotten. */
  times?: number
}

export const ruleSchema = z
  .strictObject({
    credential: z.string().min(1),
    model: z.string().min(1),
    times: z.int().positive(),
    ...behaviourFields,
  })
  .partial() satisfies z.ZodType<Rule>
