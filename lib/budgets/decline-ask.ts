import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { noteSchema } from '../core/fields.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant } from '../db/in-tenant.ts'
import type { AskView } from './ask-view.ts'
import { decideAsk } from './decide-ask.ts'
import { viewAsk } from './view-ask.ts'

const schema = z.strictObject({ note: noteSchema.default('') })

export type DeclineAskInput = z.input<typeof schema>

/** Whoever asked reads the note. */
export async function declineAsk(member: Member, id: string, input: DeclineAskInput = {}): Promise<AskView> {
  authorize(member, 'budgets.change')
  const { note } = parseInput(schema, input)
  return inTenant(member.organizationId, async (tx) => {
    const before = await viewAsk(tx, member.organizationId, id)
    const after = await decideAsk(tx, member, before, { status: 'declined', note })
    await recordAudit(tx, member, {
      action: 'budget.decline_ask',
      targetId: before.keyId,
      target: before.keyName,
      before,
      after,
    })
    return after
  })
}
