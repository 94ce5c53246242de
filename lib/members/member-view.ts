import type { Role } from '../auth/member.ts'
import type { Membership, User } from '../db/generated/client.ts'

/** A person in the organization; `id` is the membership's. */
export interface MemberView {
  id: string
  userId: string
  email: string
  name: string
  role: Role
  /** Of the own keys, those that are not revoked. */
  keyCount: number
  /** Whether a password has been set or an issuer vouches; otherwise the person has not come in yet. */
  canSignIn: boolean
  createdAt: Date
}

/** What a view is made of; for `include`. */
export const memberParts = { user: true, _count: { select: { keys: { where: { revokedAt: null } } } } } as const

export type MemberRow = Membership & { user: User; _count: { keys: number } }

export function viewOfMember({ id, userId, role, createdAt, user, _count }: MemberRow): MemberView {
  return {
    id,
    userId,
    email: user.email,
    name: user.name,
    role,
    keyCount: _count.keys,
    canSignIn: user.passwordHash !== null || user.signedOnAt !== null,
    createdAt,
  }
}
