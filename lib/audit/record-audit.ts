import type { Member } from '../auth/member.ts'
import { newId } from '../core/ids.ts'
import type { Transaction } from '../db/in-tenant.ts'

export interface Change {
  /** noun.verb, for example "key.create". */
  action: string
  targetId: string | null
  /** The target's name as people know it. */
  target: string | null
  before?: object
  after?: object
}

/** Writes who changed what, in the transaction of the change itself. Never hand it a secret. */
export async function recordAudit(tx: Transaction, member: Member, change: Change): Promise<void> {
  await tx.auditEvent.create({
    data: {
      id: newId(),
      organizationId: member.organizationId,
      actorUserId: member.userId,
      actor: member.actor,
      action: change.action,
      targetId: change.targetId,
      target: change.target,
      before: plain(change.before),
      after: plain(change.after),
    },
  })
}

/** As JSON: amounts become decimal strings of nano-dollars, dates ISO text. */
function plain(value: object | undefined) {
  if (!value) return undefined
  return JSON.parse(JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? part.toString() : part)))
}
