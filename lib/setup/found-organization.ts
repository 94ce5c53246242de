import { recordAudit } from '../audit/record-audit.ts'
import type { Member } from '../auth/member.ts'
import { newId } from '../core/ids.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { insertOrganization } from './insert-organization.ts'

export interface Founding {
  organization: string
  timeZone: string
  /** Of the organization. */
  locale: string
  /** Null: nobody asked the owner, so the browser decides. */
  ownerLocale: string | null
  /** The owner's. */
  name: string
  email: string
  passwordHash: string | null
}

export interface FoundedOrganization {
  slug: string
  owner: Member & { userId: string }
}

/** A new organization and its owner, a new person. Leaves the transaction inside of the organization. */
export async function foundOrganization(tx: Transaction, founding: Founding): Promise<FoundedOrganization> {
  const { organization, timeZone, locale, ownerLocale, name, email, passwordHash } = founding
  const [organizationId, userId, membershipId] = [newId(), newId(), newId()]
  await tx.$queryRaw`SELECT set_config('stipend.organization_id', ${organizationId}, true),
                            set_config('stipend.user_id', ${userId}, true)`
  const slug = await insertOrganization(tx, { id: organizationId, name: organization, timeZone, locale })
  await tx.user.create({ data: { id: userId, email, name, passwordHash, locale: ownerLocale } })
  await tx.membership.create({ data: { id: membershipId, organizationId, userId, role: 'owner' } })
  const owner = { organizationId, userId, membershipId, role: 'owner', actor: `user:${email}` } as const
  await recordAudit(tx, owner, {
    action: 'organization.create',
    targetId: organizationId,
    target: organization,
    after: { slug, timeZone, locale },
  })
  return { slug, owner }
}
