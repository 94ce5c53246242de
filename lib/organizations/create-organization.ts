import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import type { SignedInUser } from '../auth/find-signed-in-user.ts'
import type { Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { nameSchema, timeZoneSchema } from '../core/fields.ts'
import { newId } from '../core/ids.ts'
import { parseInput } from '../core/parse-input.ts'
import { asUser } from '../db/as-user.ts'
import { locales } from '../i18n/locales.ts'
import { insertOrganization } from '../setup/insert-organization.ts'
import { refuseUnknownTimeZone } from './refuse-unknown-time-zone.ts'

const schema = z.strictObject({ name: nameSchema, timeZone: timeZoneSchema, locale: z.enum(locales) })

export type CreateOrganizationInput = z.input<typeof schema>

/** Another organization, apart from all others, for who owns one already; they own this one, too. Returns its slug. */
export async function createOrganization(user: SignedInUser, input: CreateOrganizationInput): Promise<string> {
  const fields = parseInput(schema, input)
  return asUser(user.id, async (tx) => {
    const owned = await tx.membership.count({ where: { userId: user.id, role: 'owner', removedAt: null } })
    if (owned === 0) {
      throw new StipendError('forbidden', 'Only somebody who owns an organization may make another.')
    }
    await refuseUnknownTimeZone(tx, fields.timeZone)
    const [organizationId, membershipId] = [newId(), newId()]
    await tx.$queryRaw`SELECT set_config('stipend.organization_id', ${organizationId}, true)`
    const slug = await insertOrganization(tx, { id: organizationId, ...fields })
    await tx.membership.create({ data: { id: membershipId, organizationId, userId: user.id, role: 'owner' } })
    const owner: Member = { organizationId, userId: user.id, membershipId, role: 'owner', actor: `user:${user.email}` }
    await recordAudit(tx, owner, {
      action: 'organization.create',
      targetId: organizationId,
      target: fields.name,
      after: { slug, timeZone: fields.timeZone, locale: fields.locale },
    })
    return slug
  })
}
