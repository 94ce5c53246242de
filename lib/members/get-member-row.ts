import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { type MemberRow, memberParts } from './member-view.ts'

/** The member of this organization; throws `not_found`. */
export async function getMemberRow(tx: Transaction, organizationId: string, id: string): Promise<MemberRow> {
  const row = idSchema.safeParse(id).success
    ? await tx.membership.findFirst({ where: { id, organizationId, removedAt: null }, include: memberParts })
    : null
  if (!row) throw notFound('member')
  return row
}
