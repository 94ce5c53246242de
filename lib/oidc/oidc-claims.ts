import { z } from 'zod'
import { emailSchema } from '../auth/credentials-schema.ts'

/** What we read of an id_token; what does not fit is as if it were not said. */
export const oidcClaimsSchema = z.object({
  sub: z.string().min(1).max(255),
  email: emailSchema.optional().catch(undefined),
  // Some issuers write it as text.
  email_verified: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .optional()
    .catch(undefined),
  name: z.string().optional().catch(undefined),
})

export type OidcClaims = z.infer<typeof oidcClaimsSchema>
