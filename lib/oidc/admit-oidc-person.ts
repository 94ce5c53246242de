import { recordOwnAudit } from '../audit/record-own-audit.ts'
import type { Member } from '../auth/member.ts'
import { nameSchema } from '../core/fields.ts'
import { newId } from '../core/ids.ts'
import { asUser } from '../db/as-user.ts'
import { inTenant, type Transaction } from '../db/in-tenant.ts'
import { prisma } from '../db/prisma.ts'
import { log } from '../log.ts'
import { insertMember } from '../members/insert-member.ts'
import { oidcClaimsSchema } from './oidc-claims.ts'
import type { OidcSettings } from './oidc-settings.ts'

/**
 * unverified: the issuer does not vouch for the address. domain: it is not one of ours. unknown: nobody has it here and
 * nobody new is taken. connect: an account with a password has it, whose person must connect the two. other: it belongs to
 * another account than the one that connects.
 */
export type OidcRefusal = 'unverified' | 'domain' | 'unknown' | 'connect' | 'other'

export type OidcAdmission = { outcome: 'admitted'; userId: string } | { outcome: 'refused'; reason: OidcRefusal }

/**
 * Whose account this is, by the issuer's name for the person; the first time by an address that the issuer has verified.
 * An account that can be opened otherwise is joined by its own person alone, signed in: or else whoever put that account
 * there for somebody's address would share it from then on.
 */
export async function admitOidcPerson(
  settings: OidcSettings,
  claims: unknown,
  signedInUserId: string | null,
): Promise<OidcAdmission> {
  const person = oidcClaimsSchema.safeParse(claims).data
  if (!person) return refused('unverified')
  const { sub: subject, email } = person
  const known = await findUser(settings.issuer, subject)
  if (known) {
    await asUser(known, (tx) =>
      tx.oidcIdentity.updateMany({ where: { issuer: settings.issuer, subject }, data: { lastUsedAt: new Date() } }),
    )
    return signedInUserId && signedInUserId !== known ? refused('other') : { outcome: 'admitted', userId: known }
  }
  if (email === undefined || person.email_verified !== true) return refused('unverified')
  const domain = email.slice(email.lastIndexOf('@') + 1)
  if (settings.allowedDomains.length > 0 && !settings.allowedDomains.includes(domain)) return refused('domain')

  const [account] = await prisma().$queryRaw<{ id: string; isOpen: boolean }[]>`
    SELECT id, is_open_account(id) AS "isOpen" FROM find_user_by_email(${email})`
  if (signedInUserId && account?.id !== signedInUserId) return refused('other')
  const identity = { issuer: settings.issuer, subject }
  // Of two browsers of one person at once, the second finds, sooner or later, what the first has made.
  const madeMeanwhile = async (otherwise: () => OidcAdmission): Promise<OidcAdmission> => {
    const userId = await findUser(settings.issuer, subject)
    return userId ? { outcome: 'admitted', userId } : otherwise()
  }
  if (account && !account.isOpen && account.id !== signedInUserId) return madeMeanwhile(() => refused('connect'))
  try {
    if (account) return await join(account.id, email, identity)
    return await takeNew(settings, { email, name: person.name ?? '' }, identity)
  } catch (error) {
    return madeMeanwhile(() => {
      throw error
    })
  }
}

interface Identity {
  issuer: string
  subject: string
}

async function join(userId: string, email: string, identity: Identity): Promise<OidcAdmission> {
  await asUser(userId, async (tx) => {
    await insertIdentity(tx, userId, identity)
    const change = { before: { issuer: null }, after: { issuer: identity.issuer } }
    await recordOwnAudit(tx, { id: userId, email }, 'account.connect_sign_on', change)
  })
  return { outcome: 'admitted', userId }
}

/** A person whom nobody has invited becomes a member where the settings say so. */
async function takeNew(
  { organization, role }: OidcSettings,
  { email, name }: { email: string; name: string },
  identity: Identity,
): Promise<OidcAdmission> {
  if (!organization) return refused('unknown')
  const [found] = await prisma().$queryRaw<{ id: string | null }[]>`
    SELECT find_organization_by_slug(${organization}) AS id`
  const organizationId = found?.id
  if (!organizationId) {
    log.error({ organization }, 'OIDC_ORGANIZATION names no organization; nobody new is taken')
    return refused('unknown')
  }
  const vouched: Member = { organizationId, userId: null, membershipId: null, role: 'owner', actor: 'single sign-on' }
  const userId = await inTenant(organizationId, async (tx) => {
    const given = { email, name: nameSchema.safeParse(name).data ?? email.replace(/@.*$/, ''), role }
    const member = await insertMember(tx, vouched, given)
    await tx.$queryRaw`SELECT set_config('stipend.user_id', ${member.userId}, true)`
    await insertIdentity(tx, member.userId, identity)
    return member.userId
  })
  return { outcome: 'admitted', userId }
}

async function insertIdentity(tx: Transaction, userId: string, identity: Identity): Promise<void> {
  const now = new Date()
  await tx.oidcIdentity.create({ data: { id: newId(), userId, ...identity, lastUsedAt: now } })
  await tx.user.updateMany({ where: { id: userId, signedOnAt: null }, data: { signedOnAt: now } })
}

async function findUser(issuer: string, subject: string): Promise<string | null> {
  const [row] = await prisma().$queryRaw<{ userId: string | null }[]>`
    SELECT find_oidc_user(${issuer}, ${subject}) AS "userId"`
  return row?.userId ?? null
}

function refused(reason: OidcRefusal): OidcAdmission {
  return { outcome: 'refused', reason }
}
