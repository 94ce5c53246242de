import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findAccessLink } from '#lib/access-links/find-access-link.ts'
import { useAccessLink as takeAccessLink } from '#lib/access-links/use-access-link.ts'
import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import type { Member } from '#lib/auth/member.ts'
import { newId } from '#lib/core/ids.ts'
import { inviteMember } from '#lib/invitations/invite-member.ts'
import { listInvitations } from '#lib/invitations/list-invitations.ts'
import { revokeInvitation } from '#lib/invitations/revoke-invitation.ts'
import { sendInvitation } from '#lib/invitations/send-invitation.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { asOwner } from '#test/support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { foundLab } from '#test/support/found-lab.ts'
import { readMail } from '#test/support/read-mail.ts'
import { startMailServer } from '#test/support/receivers.ts'

const origin = 'https://stipend.example'

let database: TestDatabase
let mailServer: Awaited<ReturnType<typeof startMailServer>>
let owner: Member
let email: string

beforeAll(async () => {
  mailServer = await startMailServer()
  process.env.SMTP_URL = mailServer.url
  database = await createTestDatabase()
})
afterAll(async () => {
  await mailServer?.close()
  await database?.drop()
})
beforeEach(async () => {
  mailServer.mails.length = 0
  owner = await foundLab('Physics')
  email = `${newId()}@example.com`
})

function mailedToken(): string {
  return /\/join\?token=([\w-]+)/.exec(readMail(mailServer.mails.at(-1)!.text).text)![1]!
}

const comeIn = (token: string) => takeAccessLink(token, { password: 'correct horse battery', signedInUserId: null })

describe('an invitation', () => {
  it('goes by mail with address and role alone, and waits until its person comes in', async () => {
    const { member, ...sent } = await inviteMember(owner, { email, role: 'lead' }, origin)
    expect(member).toMatchObject({ email, name: email.split('@')[0], role: 'lead', canSignIn: false })
    expect(sent).toEqual({ mailed: true, link: null })
    expect(readMail(mailServer.mails[0]!.text).subject).toContain('Physics')
    expect(await listInvitations(owner)).toMatchObject([{ id: member.id, email, role: 'lead' }])
    expect((await listInvitations(owner))[0]?.mailedAt).toBeInstanceOf(Date)
    expect(await comeIn(mailedToken())).toMatchObject({ outcome: 'used' })
    expect(await listInvitations(owner)).toEqual([])
    const { rows } = await listAuditEvents(owner, { targetId: member.id })
    expect(rows.map(({ action }) => action).toSorted()).toEqual([
      'access_link.create',
      'access_link.use',
      'invitation.send',
      'member.create',
    ])
    expect(JSON.stringify(rows)).not.toContain(mailedToken())
  })

  it('is sent again with a new link, which ends the one before; an expired one still waits', async () => {
    const { member } = await inviteMember(owner, { email }, origin)
    const first = mailedToken()
    await asOwner(database, `UPDATE access_links SET expires_at = now() - interval '1 second'`)
    expect(await listInvitations(owner)).toHaveLength(1)
    await sendInvitation(owner, member.id, origin)
    expect(await comeIn(first)).toEqual({ outcome: 'gone' })
    expect(await listInvitations(owner)).toHaveLength(1)
    expect(await comeIn(mailedToken())).toMatchObject({ outcome: 'used' })
  })

  it('is revoked, and then leaves nothing behind that opens', async () => {
    const { member } = await inviteMember(owner, { email }, origin)
    await revokeInvitation(owner, member.id)
    expect(await findAccessLink(mailedToken())).toBeNull()
    expect(await listInvitations(owner)).toEqual([])
    expect(await listMembers(owner)).toHaveLength(1)
  })

  it('of who has come in is not revoked', async () => {
    const { member } = await inviteMember(owner, { email }, origin)
    await comeIn(mailedToken())
    await expect(revokeInvitation(owner, member.id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await listMembers(owner)).toHaveLength(2)
  })

  it('makes one member of an address, however many send it at once', async () => {
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => inviteMember(owner, { email }, origin)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await listInvitations(owner)).toHaveLength(1)
    expect(mailServer.mails).toHaveLength(1)
  })

  it('to who has an account elsewhere carries no link that opens it', async () => {
    const other = await foundLab('Chemistry')
    await inviteMember(other, { email }, origin)
    await comeIn(mailedToken())
    const { link, mailed } = await inviteMember(owner, { email }, origin)
    expect({ link, mailed }).toEqual({ link: null, mailed: true })
    expect(readMail(mailServer.mails.at(-1)!.text).text).toContain(`${origin}/physics`)
    expect(readMail(mailServer.mails.at(-1)!.text).text).not.toContain('token=')
    expect(await listInvitations(owner)).toEqual([])
  })

  it('is a link to hand over where nobody can say where links lead', async () => {
    const { link, mailed } = await inviteMember(owner, { email }, null)
    expect(mailed).toBe(false)
    expect(mailServer.mails).toEqual([])
    expect(await comeIn(link!.token)).toMatchObject({ outcome: 'used' })
  })

  it('is for admins, up to their own role and within their organization', async () => {
    const { member } = await inviteMember(owner, { email, role: 'owner' }, origin)
    const admin = { ...owner, role: 'admin' } as Member
    for (const refused of [
      () => inviteMember({ ...owner, role: 'lead' }, { email: `x${email}` }, origin),
      () => inviteMember(admin, { email: `x${email}`, role: 'owner' }, origin),
      () => sendInvitation(admin, member.id, origin),
      () => revokeInvitation(admin, member.id),
      () => sendInvitation({ ...owner, role: 'viewer' }, member.id, origin),
    ])
      await expect(refused()).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = await foundLab('Strangers')
    await expect(sendInvitation(stranger, member.id, origin)).rejects.toMatchObject({ code: 'not_found' })
    await expect(revokeInvitation(stranger, member.id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await listInvitations(stranger)).toEqual([])
  })
})
