import { z } from 'zod'
import { nameSchema, timeZoneSchema } from '../../core/fields.ts'
import { locales } from '../../i18n/locales.ts'
import { limitFields } from '../../limits/limit-fields.ts'
import { changeOrganization } from '../../organizations/change-organization.ts'
import { getOrganization } from '../../organizations/get-organization.ts'
import { type Route, route } from '../route.ts'
import { id, time } from '../wire-fields.ts'

const organization = z
  .object({
    id,
    slug: z.string(),
    name: z.string(),
    time_zone: z.string(),
    locale: z.string(),
    rpm: z.int().nullable(),
    tpm: z.int().nullable(),
    rpd: z.int().nullable(),
    max_parallel: z.int().nullable(),
    pause_on_anomaly: z
      .boolean()
      .describe('A key that spends ten times what is usual for it within an hour is paused, not only told of.'),
    mail_alerts: z.boolean().meta({ description: 'Owners, and whose key or budget it is, are told of alerts by mail' }),
    requires_second_factor: z.boolean(),
    created_at: time,
  })
  .meta({ id: 'Organization' })

export const organizationRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/organization',
    summary: "Read the key's organization",
    permission: 'organization.read',
    answer: organization,
    handle: ({ member }) => getOrganization(member),
  }),
  route({
    method: 'PATCH',
    path: '/organization',
    summary: "Change the key's organization",
    permission: 'organization.change',
    body: z.strictObject({
      name: nameSchema.optional(),
      time_zone: timeZoneSchema.optional(),
      locale: z.enum(locales).optional(),
      rpm: limitFields.requestsPerMinute.optional(),
      tpm: limitFields.tokensPerMinute.optional(),
      rpd: limitFields.requestsPerDay.optional(),
      max_parallel: limitFields.maxParallel.optional(),
      pause_on_anomaly: z.boolean().optional(),
      mail_alerts: z.boolean().optional(),
      requires_second_factor: z.boolean().optional().meta({ description: 'For keys of owners' }),
    }),
    answer: organization,
    handle: ({ member, body }) => changeOrganization(member, body),
  }),
]
