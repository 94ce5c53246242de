import { recordAudit } from '../audit/record-audit.ts'
import { newPasswordSchema } from '../auth/credentials-schema.ts'
import { hashPassword } from '../auth/hash-password.ts'
import type { Member } from '../auth/member.ts'
import { inTenant, type Transaction } from '../db/in-tenant.ts'
import { environment } from '../environment.ts'
import { hashSecret } from '../secrets/hash-secret.ts'
import { hintOf, newSecret } from '../secrets/new-secret.ts'
import { type AccessLink, findAccessLink } from './find-access-link.ts'

export interface AccessLinkUse {
  /** For a link that sets the password. */
  password: string | null
  /** Who is signed in in the browser that uses the link. */
  signedInUserId: string | null
}

export type AccessLinkOutcome =
  | { outcome: 'used'; userId: string; organizationSlug: string; key: { name: string; secret: string } | null }
  | { outcome: 'gone' | 'too_weak' | 'sign_in' }

/** Uses a link, once, however many try at the same time. Setting a password ends every session of the person. */
export async function useAccessLink(token: string, use: AccessLinkUse): Promise<AccessLinkOutcome> {
  const link = await findAccessLink(token)
  if (!link) return { outcome: 'gone' }
  if (!link.setsPassword && use.signedInUserId !== link.userId) return { outcome: 'sign_in' }
  if (link.setsPassword && !newPasswordSchema.safeParse(use.password).success) return { outcome: 'too_weak' }
  const passwordHash = link.setsPassword ? await hashPassword(use.password!) : null
  const { organizationId, membershipId, userId, email, role } = link
  return inTenant(organizationId, async (tx) => {
    const now = new Date()
    const { count } = await tx.accessLink.updateMany({
      where: { id: link.id, organizationId, usedAt: null, revokedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    })
    if (count === 0) return { outcome: 'gone' }
    if (passwordHash) await setPassword(tx, userId, passwordHash)
    const person: Member = { organizationId, userId, membershipId, role, actor: `user:${email}` }
    const key = link.keyId ? await takeKey(tx, person, link.keyId) : null
    await recordAudit(tx, person, {
      action: 'access_link.use',
      targetId: membershipId,
      target: email,
      before: { usedAt: null, hasPassword: link.hasPassword },
      after: { usedAt: now, hasPassword: link.hasPassword || link.setsPassword, keyId: link.keyId },
    })
    return { outcome: 'used', userId, organizationSlug: link.organizationSlug, key }
  })
}

async function setPassword(tx: Transaction, userId: string, passwordHash: string): Promise<void> {
  await tx.$queryRaw`SELECT set_config('stipend.user_id', ${userId}, true)`
  await tx.user.update({ where: { id: userId }, data: { passwordHash } })
  await tx.session.deleteMany({ where: { userId } })
}

/** The secret is made now: nobody, the one who made the key included, has seen it before. Null: it was revoked meanwhile. */
async function takeKey(tx: Transaction, person: Member, keyId: AccessLink['keyId'] & string) {
  const { organizationId, membershipId } = person
  const secret = newSecret('sk-stp-')
  const key = await tx.key.findFirst({ where: { id: keyId, organizationId, membershipId, revokedAt: null } })
  if (!key) return null
  const hint = hintOf(secret)
  const { count } = await tx.key.updateMany({
    where: { id: keyId, organizationId, membershipId, revokedAt: null },
    data: {
      secretHash: new Uint8Array(hashSecret(secret, environment().STIPEND_SECRET)),
      secretHint: hint,
      previousSecretHash: null,
      previousSecretUntil: null,
    },
  })
  if (count === 0) return null
  const { name } = key
  const change = { before: { hint: key.secretHint }, after: { hint } }
  await recordAudit(tx, person, { action: 'key.claim', targetId: keyId, target: name, ...change })
  return { name, secret }
}
