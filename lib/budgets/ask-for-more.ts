import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import { StipendError } from '../core/errors.ts'
import { nanosSchema, noteSchema } from '../core/fields.ts'
import { idSchema, newId } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { isUniqueViolation } from '../db/is-unique-violation.ts'
import type { AskView } from './ask-view.ts'
import { selectAsks } from './select-asks.ts'

const schema = z.strictObject({
  keyId: z.string(),
  amountNanos: nanosSchema.min(1n, 'Ask for more than 0'),
  purpose: noteSchema.min(1, 'Say what it is for'),
})

export type AskForMoreInput = z.input<typeof schema>

/** For a key of one's own, also when nothing is left of it; who may change keys asks in the name of their members. */
export async function askForMore(member: Member, input: AskForMoreInput): Promise<AskView> {
  authorize(member, 'keys.read_own')
  const { keyId, ...fields } = parseInput(schema, input)
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const key = idSchema.safeParse(keyId).success
      ? await tx.key.findFirst({ where: { id: keyId, organizationId, revokedAt: null } })
      : null
    const isOwn = key !== null && key.membershipId !== null && key.membershipId === member.membershipId
    if (!key || !(isOwn || roleMay(member.role, 'keys.change'))) throw notFound('key', 'keyId')
    const id = newId()
    await tx.budgetAsk.create({ data: { ...fields, id, organizationId, keyId, membershipId: key.membershipId } })
    const [view] = await selectAsks(tx, organizationId, Prisma.sql`a.id = ${id}::uuid`)
    await recordAudit(tx, member, { action: 'budget.ask', targetId: keyId, target: key.name, after: view! })
    return view!
  }).catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error
    throw new StipendError('conflict', 'More has been asked for this key already. Wait for the answer.', {
      param: 'keyId',
    })
  })
}
