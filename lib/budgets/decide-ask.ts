import type { Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import type { Nanos } from '../core/money.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { readClock } from '../db/read-clock.ts'
import type { AskView } from './ask-view.ts'
import { viewAsk } from './view-ask.ts'

interface Decision {
  status: 'approved' | 'declined'
  note: string
  granted?: { budgetId: string; grantedNanos: Nanos; until: Date | null }
}

/** Writes the decision on an open ask; of two at once the second is refused. The caller has authorised. */
export async function decideAsk(tx: Transaction, member: Member, ask: AskView, decision: Decision): Promise<AskView> {
  const { organizationId, userId, actor } = member
  const { status, note, granted } = decision
  const { count } = await tx.budgetAsk.updateMany({
    where: { id: ask.id, organizationId, status: 'open' },
    data: { status, note: note || null, decidedAt: await readClock(tx), decidedBy: userId, actor, ...granted },
  })
  if (count === 0) throw new StipendError('conflict', 'Somebody has decided on this already.')
  return viewAsk(tx, organizationId, ask.id)
}
