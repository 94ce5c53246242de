import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'

/** More than anybody reads as a line of names. */
const mostViews = 50

const schema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  query: z.string().max(1_000),
  isShared: z.boolean().default(false),
})

export type SaveViewInput = z.input<typeof schema>

/** Keeps a question for oneself, or for everybody who may read usage. */
export async function saveView(member: Member, input: SaveViewInput): Promise<{ id: string }> {
  authorize(member, 'requests.read_own')
  const { name, query, isShared } = parseInput(schema, input)
  const { organizationId, membershipId } = member
  if (!membershipId) throw new StipendError('forbidden', 'A view belongs to a person; a management key has none.')
  return inTenant(organizationId, async (tx) => {
    if ((await tx.savedView.count({ where: { organizationId, membershipId } })) >= mostViews) {
      throw new StipendError('conflict', `No more than ${mostViews} views; remove one first.`)
    }
    const id = newId()
    await tx.savedView.create({ data: { id, organizationId, membershipId, name, query, isShared } })
    const after = { name, query, isShared }
    await recordAudit(tx, member, { action: 'view.create', targetId: id, target: name, after })
    return { id }
  })
}
