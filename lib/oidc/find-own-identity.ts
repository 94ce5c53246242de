import { asUser } from '../db/as-user.ts'
import { oidcSettings } from './oidc-settings.ts'

/** Since when the issuer of the settings vouches for this person; null: it does not. */
export async function findOwnIdentity(userId: string): Promise<{ since: Date } | null> {
  const issuer = oidcSettings()?.issuer
  if (issuer === undefined) return null
  const identity = await asUser(userId, (tx) => tx.oidcIdentity.findFirst({ where: { userId, issuer } }))
  return identity && { since: identity.createdAt }
}
