import { z } from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { holdReservations } from '../budgets/hold-reservations.ts'
import { StipendError } from '../core/errors.ts'
import { nameSchema, timeZoneSchema } from '../core/fields.ts'
import { parseInput } from '../core/parse-input.ts'
import { inTenant, type Transaction } from '../db/in-tenant.ts'
import { locales } from '../i18n/locales.ts'
import { limitFields } from '../limits/limit-fields.ts'
import { type OrganizationView, viewOfOrganization } from './organization-view.ts'
import { refuseUnknownTimeZone } from './refuse-unknown-time-zone.ts'

const schema = z
  .strictObject({
    name: nameSchema,
    timeZone: timeZoneSchema,
    locale: z.enum(locales),
    pauseOnAnomaly: z.boolean(),
    mailAlerts: z.boolean(),
    requiresSecondFactor: z.boolean(),
    ...limitFields,
  })
  .partial()

export type ChangeOrganizationInput = z.input<typeof schema>

export async function changeOrganization(member: Member, input: ChangeOrganizationInput): Promise<OrganizationView> {
  authorize(member, 'organization.change')
  const fields = parseInput(schema, input)
  if (fields.requiresSecondFactor !== undefined) authorize(member, 'organization.require_second_factor')
  const { organizationId: id } = member
  return inTenant(id, async (tx) => {
    await tx.$queryRaw`SELECT FROM organizations WHERE id = ${id}::uuid FOR NO KEY UPDATE`
    const before = viewOfOrganization(await tx.organization.findUniqueOrThrow({ where: { id } }))
    if (fields.timeZone !== undefined && fields.timeZone !== before.timeZone) {
      await holdReservations(tx, id)
      await refuseMovedPeriods(tx, id)
      await refuseUnknownTimeZone(tx, fields.timeZone)
    }
    const after = viewOfOrganization(await tx.organization.update({ where: { id }, data: fields }))
    await recordAudit(tx, member, { action: 'organization.change', targetId: id, target: after.name, before, after })
    return after
  })
}

/** Another time zone begins today's and this month's periods at another moment, where nothing would be spent yet. */
async function refuseMovedPeriods(tx: Transaction, organizationId: string): Promise<void> {
  const live = await tx.budget.count({ where: { organizationId, archivedAt: null, NOT: { period: 'total' } } })
  if (live === 0) return
  throw new StipendError(
    'conflict',
    `${live} budgets renew by the present time zone. Archive them, change the time zone and set them again.`,
    { param: 'timeZone' },
  )
}
