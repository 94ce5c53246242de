import { prisma } from '../db/prisma.ts'
import { admitSignIn } from './admit-sign-in.ts'
import { emailSchema } from './credentials-schema.ts'
import { verifyPassword } from './verify-password.ts'

export interface Credentials {
  email: string
  password: string
  /** Where the attempt comes from, see `remoteAddress`. */
  address: string
}

export type CredentialsCheck =
  | { outcome: 'accepted'; user: { id: string; email: string; name: string; locale: string | null } }
  | { outcome: 'wrong' }
  | { outcome: 'limited'; retryAfterMs: number }

interface UserRow {
  id: string
  email: string
  name: string
  locale: string | null
  passwordHash: string | null
}

/** Who signs in with these. An unknown address, a wrong password and an account without one look and last the same. */
export async function checkCredentials({ email, password, address }: Credentials): Promise<CredentialsCheck> {
  const parsed = emailSchema.safeParse(email)
  const admission = await admitSignIn(parsed.data ?? email, address)
  if (!admission.admitted) return { outcome: 'limited', retryAfterMs: admission.retryAfterMs }
  const [user] = parsed.success
    ? await prisma().$queryRaw<UserRow[]>`
        SELECT id, email, name, locale, password_hash AS "passwordHash" FROM find_user_by_email(${parsed.data})`
    : []
  const matches = await verifyPassword(password, user?.passwordHash ?? null)
  if (!user || !matches) return { outcome: 'wrong' }
  await admission.succeed()
  return { outcome: 'accepted', user: { id: user.id, email: user.email, name: user.name, locale: user.locale } }
}
