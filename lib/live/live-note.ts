import { z } from 'zod'

/** The channel of Postgres that notes travel on. Whoever may connect may listen: so notes say that, never what. */
export const liveChannel = 'stipend_live'

const noteSchema = z.discriminatedUnion('topic', [
  z.object({
    organizationId: z.uuid(),
    topic: z.literal('requests'),
    /** The ids of those that ended, by membership ('' is nobody's); null: too many to name. */
    ended: z.record(z.string(), z.array(z.uuid())).nullable(),
  }),
  z.object({ organizationId: z.uuid(), topic: z.literal('changes') }),
  z.object({ organizationId: z.uuid(), topic: z.literal('health') }),
])

/** Something happened in an organization: requests ended, somebody changed something, an upstream fared otherwise. */
export type LiveNote = z.infer<typeof noteSchema>

/** Null for what is not ours: anybody with a connection can write to a channel. */
export function readNote(payload: string | undefined): LiveNote | null {
  try {
    return noteSchema.safeParse(JSON.parse(payload ?? '')).data ?? null
  } catch {
    return null
  }
}
