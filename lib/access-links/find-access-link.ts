import type { Role } from '../auth/member.ts'
import { prisma } from '../db/prisma.ts'
import { hashToken } from './hash-token.ts'

export interface AccessLink {
  id: string
  organizationId: string
  organizationName: string
  organizationSlug: string
  membershipId: string
  role: Role
  userId: string
  email: string
  name: string
  keyId: string | null
  /** Whether the link sets the password; otherwise only the person, signed in, may use it. */
  setsPassword: boolean
  /** Or another way in of their own. */
  hasPassword: boolean
}

/** The link that this token opens; null once it was used or withdrawn, has expired, or never was. */
export async function findAccessLink(token: string): Promise<AccessLink | null> {
  const [row] = await prisma().$queryRaw<(Omit<AccessLink, 'setsPassword'> & { knownElsewhere: boolean })[]>`
    SELECT id, organization_id AS "organizationId", organization_name AS "organizationName",
      organization_slug AS "organizationSlug", membership_id AS "membershipId", role::text AS role,
      user_id AS "userId", email, name, key_id AS "keyId", has_password AS "hasPassword",
      known_elsewhere AS "knownElsewhere"
    FROM find_access_link(${hashToken(token)})`
  if (!row) return null
  const { knownElsewhere, ...link } = row
  // A link that hands over a key gives no power over an account that somebody has made their own.
  return { ...link, setsPassword: !knownElsewhere && !(link.keyId && link.hasPassword) }
}
