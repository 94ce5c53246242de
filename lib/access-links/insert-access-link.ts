import { randomBytes } from 'node:crypto'
import { recordAudit } from '../audit/record-audit.ts'
import type { Member } from '../auth/member.ts'
import { newId } from '../core/ids.ts'
import type { Transaction } from '../db/in-tenant.ts'
import type { MemberView } from '../members/member-view.ts'
import { hashToken } from './hash-token.ts'

const lifetimeMs = 7 * 24 * 60 * 60 * 1000

export interface NewAccessLink {
  /** Shown here and never again. */
  token: string
  expiresAt: Date
}

/** A new link for a member; the ones before it for the same purpose open nothing any more. */
export async function insertAccessLink(
  tx: Transaction,
  member: Member,
  target: MemberView,
  keyId: string | null = null,
): Promise<NewAccessLink> {
  const { organizationId } = member
  const now = Date.now()
  const expiresAt = new Date(now + lifetimeMs)
  const token = randomBytes(32).toString('base64url')
  await tx.accessLink.updateMany({
    where: { organizationId, membershipId: target.id, keyId, usedAt: null, revokedAt: null },
    data: { revokedAt: new Date(now) },
  })
  const id = newId()
  await tx.accessLink.create({
    data: {
      id,
      organizationId,
      membershipId: target.id,
      userId: target.userId,
      keyId,
      tokenHash: hashToken(token),
      createdBy: member.userId,
      expiresAt,
    },
  })
  await recordAudit(tx, member, {
    action: 'access_link.create',
    targetId: target.id,
    target: target.email,
    after: { id, keyId, expiresAt },
  })
  return { token, expiresAt }
}
