import { recordAudit } from '../audit/record-audit.ts'
import { hashPassword } from '../auth/hash-password.ts'
import type { Member } from '../auth/member.ts'
import { newId } from '../core/ids.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { prisma } from '../db/prisma.ts'
import { environment } from '../environment.ts'
import { defaultLocale } from '../i18n/locales.ts'
import { hashSecret } from '../secrets/hash-secret.ts'
import { hintOf } from '../secrets/new-secret.ts'
import { foundOrganization } from './found-organization.ts'
import { lockInstallation } from './lock-installation.ts'
import type { Bootstrap } from './read-bootstrap.ts'

/**
 * Sets Stipend up without a browser. Only while nobody has set it up: a second start, or another node, changes nothing.
 * Returns whether it did.
 */
export async function bootstrap({ organization, email, password, managementKey }: Bootstrap): Promise<boolean> {
  const passwordHash = password ? await hashPassword(password) : null
  return prisma().$transaction(async (tx) => {
    const { completedAt } = await lockInstallation(tx)
    if (completedAt) return false
    const { owner } = await foundOrganization(tx, {
      organization,
      timeZone: 'UTC',
      locale: defaultLocale,
      ownerLocale: null,
      name: email.slice(0, email.indexOf('@')),
      email,
      passwordHash,
    })
    if (managementKey) await insertManagementKey(tx, owner, managementKey)
    await tx.installation.update({ where: { id: 1 }, data: { setupTokenHash: null, completedAt: new Date() } })
    return true
  })
}

/** Not through the operation that makes keys: this secret is given, not made. */
async function insertManagementKey(tx: Transaction, owner: Member, secret: string): Promise<void> {
  const [id, name] = [newId(), 'bootstrap']
  await tx.managementKey.create({
    data: {
      id,
      organizationId: owner.organizationId,
      name,
      secretHash: new Uint8Array(hashSecret(secret, environment().STIPEND_SECRET)),
      secretHint: hintOf(secret),
      role: 'owner',
      createdBy: owner.userId,
    },
  })
  await recordAudit(tx, owner, {
    action: 'management_key.create',
    targetId: id,
    target: name,
    after: { role: 'owner' },
  })
}
