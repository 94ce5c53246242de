import { z } from 'zod'

const schema = z.object({
  type: z.literal('service_account'),
  client_email: z.string().min(3).max(300),
  private_key: z.string().min(100).max(10_000),
  private_key_id: z.string().max(200).optional(),
  token_uri: z.string().max(500).default('https://oauth2.googleapis.com/token'),
})

/** A Google service account, as its key file says. */
export type GoogleAccount = z.output<typeof schema>

/** The account in a key file; null where it is none. */
export function googleAccountOf(credential: string): GoogleAccount | null {
  if (!credential.startsWith('{')) return null
  try {
    return schema.parse(JSON.parse(credential))
  } catch {
    return null
  }
}
