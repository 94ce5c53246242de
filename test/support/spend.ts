import type { Member } from '#lib/auth/member.ts'
import { newId } from '#lib/core/ids.ts'
import type { KeyView } from '#lib/keys/key-view.ts'
import type { OpenLedger } from '#lib/ledger/open-ledger.ts'
import { outcomeOf } from '../ledger/lab.ts'

interface Spending {
  costNanos: bigint
  /** What is set aside first; the cost itself when not given. */
  wantNanos?: bigint
  modelId?: string
  /** Who holds the key; nobody when not given. */
  membershipId?: string | null
}

/** A request of the key that has been admitted; it settles or stays on its way. */
export async function admit(
  ledger: OpenLedger,
  member: Member,
  key: KeyView,
  { costNanos, wantNanos = costNanos, modelId = newId(), membershipId = null }: Spending,
): Promise<{ settle(): Promise<void> }> {
  const requestId = newId()
  const caller = {
    organizationId: member.organizationId,
    projectId: key.projectId,
    membershipId,
    keyId: key.id,
  }
  const reservation = await ledger.reserve({
    requestId,
    caller,
    modelId,
    wantNanos,
    comfortNanos: wantNanos,
    floorNanos: wantNanos,
    signal: new AbortController().signal,
  })
  return { settle: () => ledger.settle(reservation, outcomeOf(requestId, caller, modelId, costNanos)) }
}
