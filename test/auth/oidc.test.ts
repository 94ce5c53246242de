import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAccessLink } from '#lib/access-links/create-access-link.ts'
import { findAccessLink } from '#lib/access-links/find-access-link.ts'
import { useAccessLink as takeAccessLink } from '#lib/access-links/use-access-link.ts'
import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import { listOwnOrganizations } from '#lib/auth/list-own-organizations.ts'
import type { Member } from '#lib/auth/member.ts'
import { importClass } from '#lib/claims/import-class.ts'
import { newId } from '#lib/core/ids.ts'
import { readEnvironment } from '#lib/environment.ts'
import { inviteMember } from '#lib/invitations/invite-member.ts'
import { listInvitations } from '#lib/invitations/list-invitations.ts'
import { revokeInvitation } from '#lib/invitations/revoke-invitation.ts'
import { createMember } from '#lib/members/create-member.ts'
import { getMember } from '#lib/members/get-member.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { removeMember } from '#lib/members/remove-member.ts'
import { admitOidcPerson } from '#lib/oidc/admit-oidc-person.ts'
import { discoverIssuer } from '#lib/oidc/discover-issuer.ts'
import type { OidcSettings } from '#lib/oidc/oidc-settings.ts'
import { getOrganization } from '#lib/organizations/get-organization.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { foundLab } from '#test/support/found-lab.ts'
import { type OidcIssuer, startOidcIssuer } from '#test/support/start-oidc-issuer.ts'

let database: TestDatabase
let owner: Member
let settings: OidcSettings
let email: string
let sub: string

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())
beforeEach(async () => {
  owner = await foundLab()
  sub = newId()
  email = `${newId()}@physics.example`
  settings = {
    issuer: 'https://issuer.example',
    clientId: 'stipend',
    clientSecret: 'secret',
    name: null,
    allowedDomains: [],
    organization: null,
    role: 'member',
  }
})

const admit = (claims: object = {}, signedInUserId: string | null = null) =>
  admitOidcPerson(settings, { sub, email, email_verified: true, name: 'Ada', ...claims }, signedInUserId)
const reason = (reason: string) => ({ outcome: 'refused', reason })

async function member({ password }: { password: boolean }) {
  const made = await createMember(owner, { email, name: 'Ada' })
  if (password) {
    const { token } = await createAccessLink(owner, made.id)
    await takeAccessLink(token, { password: 'correct horse battery', signedInUserId: null })
  }
  return made
}

describe('a person whom the issuer vouches for', () => {
  it('comes into the place that was made for them, and is known by the subject from then on', async () => {
    const { userId } = await member({ password: false })
    expect(await admit({ email: email.toUpperCase() })).toEqual({ outcome: 'admitted', userId })
    expect(await admit({ email: 'married@physics.example' })).toEqual({ outcome: 'admitted', userId })
    expect(await admit({ email: undefined, email_verified: undefined })).toEqual({ outcome: 'admitted', userId })
    const { rows } = await listAuditEvents(owner, { action: 'account' })
    expect(rows).toMatchObject([
      { action: 'account.connect_sign_on', target: email, after: { issuer: settings.issuer } },
    ])
  })

  it('is not found by an address that is not verified', async () => {
    await member({ password: false })
    for (const email_verified of [false, undefined, 'false', 'yes', 1]) {
      expect(await admit({ email_verified })).toEqual(reason('unverified'))
    }
    expect(await admit({ email: 'no address' })).toEqual(reason('unverified'))
    expect(await admitOidcPerson(settings, null, null)).toEqual(reason('unverified'))
    expect(await admit({ email_verified: 'true' })).toMatchObject({ outcome: 'admitted' })
  })

  it('does not come into an account that a password opens, until its person connects the two', async () => {
    const { userId } = await member({ password: true })
    expect(await admit()).toEqual(reason('connect'))
    expect(await admit({}, owner.userId)).toEqual(reason('other'))
    expect(await admit({}, userId)).toEqual({ outcome: 'admitted', userId })
    expect(await admit()).toEqual({ outcome: 'admitted', userId })
    expect(await admit({}, owner.userId)).toEqual(reason('other'))
  })

  it('does not inherit an address from who had it before', async () => {
    await member({ password: false })
    await admit()
    expect(await admit({ sub: newId() })).toEqual(reason('connect'))
  })

  it('is of a domain that the settings allow', async () => {
    await member({ password: false })
    settings = { ...settings, allowedDomains: ['chemistry.example'] }
    expect(await admit()).toEqual(reason('domain'))
    settings = { ...settings, allowedDomains: ['chemistry.example', 'physics.example'] }
    expect(await admit()).toMatchObject({ outcome: 'admitted' })
  })
})

describe('who came in by an issuer', () => {
  it('waits no more for a link, and none that hands over a key opens the account', async () => {
    const { member: invited, link } = await inviteMember(owner, { email }, null)
    const { id: projectId } = await createProject(owner, { name: 'Course' })
    const csv = `name,email\nAda,${email}`
    const [claim] = await importClass(owner, { csv, projectId, cap: [{ period: 'month', limitNanos: 1n }] })
    expect(await findAccessLink(claim!.token)).toMatchObject({ setsPassword: true })
    await admit()
    expect(await getMember(owner, invited.id)).toMatchObject({ canSignIn: true })
    expect(await listInvitations(owner)).toEqual([])
    await expect(revokeInvitation(owner, invited.id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await findAccessLink(claim!.token)).toMatchObject({ setsPassword: false })
    const use = { password: 'an attempt to take over', signedInUserId: null }
    expect(await takeAccessLink(claim!.token, use)).toEqual({ outcome: 'sign_in' })
    expect(link).not.toBeNull()
  })
})

describe('a person who is new', () => {
  it('is refused, or becomes a member with the role of the settings', async () => {
    expect(await admit()).toEqual(reason('unknown'))
    const { slug } = await getOrganization(owner)
    settings = { ...settings, organization: slug, allowedDomains: ['physics.example'], role: 'viewer' }
    const [first, second] = await Promise.all([admit(), admit()])
    expect(first).toMatchObject({ outcome: 'admitted' })
    expect(second).toEqual(first)
    const members = await listMembers(owner)
    expect(members.filter((found) => found.email === email)).toMatchObject([{ role: 'viewer', name: 'Ada' }])
    const { rows } = await listAuditEvents(owner, { action: 'member.create' })
    expect(rows[0]).toMatchObject({ actor: 'single sign-on', target: email })
    expect(await admit({ sub: newId(), email: `${newId()}@evil.example` })).toEqual(reason('domain'))
  })

  it('is not who was removed: they come in and belong nowhere', async () => {
    const { id, userId } = await member({ password: false })
    await admit()
    await removeMember(owner, id)
    const { slug } = await getOrganization(owner)
    settings = { ...settings, organization: slug, allowedDomains: ['physics.example'] }
    expect(await admit()).toEqual({ outcome: 'admitted', userId })
    expect(await listOwnOrganizations(userId)).toEqual([])
  })

  it('is taken nowhere when the settings name no organization that there is', async () => {
    settings = { ...settings, organization: 'no-such-lab', allowedDomains: ['physics.example'] }
    expect(await admit()).toEqual(reason('unknown'))
  })
})

describe('the settings', () => {
  const base = { DATABASE_URL: 'postgresql://x/y', STIPEND_SECRET: 'x'.repeat(32) }
  const issuer = { OIDC_ISSUER: 'https://issuer.example/', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }

  it('are whole or refused', () => {
    expect(readEnvironment({ ...base, ...issuer, OIDC_ALLOWED_DOMAINS: 'A.example, b.example' })).toMatchObject({
      OIDC_ISSUER: 'https://issuer.example',
      OIDC_ALLOWED_DOMAINS: ['a.example', 'b.example'],
      OIDC_ROLE: 'member',
    })
    const { OIDC_CLIENT_SECRET: _, ...half } = issuer
    expect(() => readEnvironment({ ...base, ...half })).toThrow(/OIDC_CLIENT_SECRET/)
    expect(() => readEnvironment({ ...base, ...issuer, OIDC_ORGANIZATION: 'lab' })).toThrow(/OIDC_ALLOWED_DOMAINS/)
    expect(() => readEnvironment({ ...base, ...issuer, OIDC_ROLE: 'owner' })).toThrow(/OIDC_ROLE/)
  })
})

describe('an issuer', () => {
  let own: OidcIssuer
  beforeAll(async () => {
    own = await startOidcIssuer()
  })
  afterAll(() => own?.close())

  it('in a private network is not asked, unless the settings allow it', async () => {
    await expect(discoverIssuer(own.url)).rejects.toMatchObject({ code: 'invalid_request_error' })
    await expect(discoverIssuer('https://169.254.169.254')).rejects.toMatchObject({ code: 'invalid_request_error' })
  })
})
