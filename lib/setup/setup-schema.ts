import { z } from 'zod'
import { emailSchema, newPasswordSchema } from '../auth/credentials-schema.ts'
import { nameSchema, timeZoneSchema } from '../core/fields.ts'
import { locales } from '../i18n/locales.ts'

/** What the first owner says about the installation. */
export const setupSchema = z.strictObject({
  organization: nameSchema,
  name: nameSchema,
  email: emailSchema,
  password: newPasswordSchema,
  locale: z.enum(locales),
  timeZone: timeZoneSchema,
})

export type SetupInput = z.infer<typeof setupSchema>
