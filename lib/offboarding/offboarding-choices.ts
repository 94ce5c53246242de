import { z } from 'zod'

/** What becomes of each kind of thing. */
export const offboardingChoicesSchema = z.strictObject({
  /** pause: can be resumed. transfer: to the heir, as they are. revoke: for good. */
  keys: z.enum(['pause', 'transfer', 'revoke']).default('pause'),
  /** transfer: the heir gets the same limits, where they have none of that period. */
  budgets: z.enum(['archive', 'transfer']).default('archive'),
  /** Of programs that the member made keys for. */
  managementKeys: z.enum(['revoke', 'keep']).default('revoke'),
  /** The member who takes over; needed for a transfer. */
  heirId: z.string().nullable().default(null),
})

export type OffboardingInput = z.input<typeof offboardingChoicesSchema>
export type OffboardingChoices = z.output<typeof offboardingChoicesSchema>
