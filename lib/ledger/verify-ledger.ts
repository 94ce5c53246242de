import { authorize, type Member } from '../auth/member.ts'
import { formatUsd } from '../core/money.ts'
import { inTenant } from '../db/in-tenant.ts'

export interface Mismatch {
  what: string
  /** Id of the budget, the request or the entry, or the hour. */
  subject: string
  expectedUsd: string
  foundUsd: string
}

export interface Verification {
  ok: boolean
  entries: number
  mismatches: Mismatch[]
  /** The last one that ran by itself; null before the first. */
  lastRun: { at: Date; ok: boolean; entries: number; mismatches: number } | null
}

const mostShown = 100

/** Derives every figure of the organization's ledger anew from the entries and says where the two differ. */
export async function verifyLedger(member: Member): Promise<Verification> {
  authorize(member, 'ledger.verify')
  const { organizationId } = member
  return await inTenant(organizationId, async (tx) => {
    const entries = await tx.ledgerEntry.count({ where: { organizationId } })
    const rows = await tx.$queryRaw<{ what: string; subject: string; expected: bigint; found: bigint }[]>`
      SELECT what, subject, expected, found FROM ledger_verify(${organizationId}::uuid) LIMIT ${mostShown}`
    const last = await tx.ledgerVerification.findFirst({ where: { organizationId }, orderBy: { id: 'desc' } })
    return {
      ok: rows.length === 0,
      entries,
      mismatches: rows.map((row) => ({
        what: row.what,
        subject: row.subject,
        expectedUsd: formatUsd(row.expected),
        foundUsd: formatUsd(row.found),
      })),
      lastRun: last && {
        at: last.startedAt,
        ok: last.mismatchCount === 0,
        entries: Number(last.entries),
        mismatches: last.mismatchCount,
      },
    }
  })
}
