import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAccessLink } from '#lib/access-links/create-access-link.ts'
import { useAccessLink as takeAccessLink } from '#lib/access-links/use-access-link.ts'
import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import { checkCredentials } from '#lib/auth/check-credentials.ts'
import { findSignedInUser } from '#lib/auth/find-signed-in-user.ts'
import type { Member } from '#lib/auth/member.ts'
import { startSession } from '#lib/auth/start-session.ts'
import { newId } from '#lib/core/ids.ts'
import { prisma } from '#lib/db/prisma.ts'
import { createMember } from '#lib/members/create-member.ts'
import type { MemberView } from '#lib/members/member-view.ts'
import { removeMember } from '#lib/members/remove-member.ts'
import { canResetByMail } from '#lib/password-resets/can-reset-by-mail.ts'
import { findPasswordReset } from '#lib/password-resets/find-password-reset.ts'
import { requestPasswordReset } from '#lib/password-resets/request-password-reset.ts'
import { usePasswordReset as takePasswordReset } from '#lib/password-resets/use-password-reset.ts'
import { asOwner } from '#test/support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '#test/support/database.ts'
import { foundLab } from '#test/support/found-lab.ts'
import { readMail } from '#test/support/read-mail.ts'
import { startMailServer } from '#test/support/receivers.ts'

const password = 'correct horse battery'
const address = '192.0.2.7'

let database: TestDatabase
let mailServer: Awaited<ReturnType<typeof startMailServer>>
let owner: Member
let ada: MemberView

beforeAll(async () => {
  mailServer = await startMailServer()
  process.env.SMTP_URL = mailServer.url
  process.env.PUBLIC_URL = 'https://stipend.example'
  database = await createTestDatabase()
})
afterAll(async () => {
  await mailServer?.close()
  await database?.drop()
})
beforeEach(async () => {
  mailServer.mails.length = 0
  await prisma().signInAttempt.deleteMany()
  owner = await foundLab()
  ada = await createMember(owner, { email: `${newId()}@example.com`, name: 'Ada' })
  const { token } = await createAccessLink(owner, ada.id)
  await takeAccessLink(token, { password, signedInUserId: null })
})

async function request(email: string, from = address) {
  const answer = await requestPasswordReset(email, from)
  if (answer.outcome === 'taken') await answer.send()
  return answer.outcome
}

/** The token of the newest mail. */
function mailedToken(): string {
  const { text } = readMail(mailServer.mails.at(-1)!.text)
  return /https:\/\/stipend\.example\/reset\?token=([\w-]+)/.exec(text)![1]!
}

const signIn = async (chosen: string) =>
  (await checkCredentials({ email: ada.email, password: chosen, address })).outcome

describe('a link for a new password', () => {
  it('goes to the address of the account, works once and ends every session', async () => {
    const session = await startSession(ada.userId, null)
    expect(canResetByMail()).toBe(true)
    expect(await request(`  ${ada.email.toUpperCase()} `)).toBe('taken')
    expect(mailServer.mails.map(({ to }) => to)).toEqual([[ada.email]])
    const token = mailedToken()
    expect(await signIn(password)).toBe('accepted')
    expect(await takePasswordReset(token, 'short')).toBe('too_weak')
    expect(await takePasswordReset(token, 'a wholly new password')).toBe('changed')
    expect(await signIn(password)).toBe('wrong')
    expect(await signIn('a wholly new password')).toBe('accepted')
    expect(await findSignedInUser(session)).toBeNull()
    expect(await takePasswordReset(token, 'and another password')).toBe('gone')
    expect(await findPasswordReset(token)).toBeNull()
  })

  it('lets one of many change it who use it at once', async () => {
    await request(ada.email)
    const token = mailedToken()
    const outcomes = await Promise.all([1, 2, 3, 4].map((n) => takePasswordReset(token, `the password of number ${n}`)))
    expect(outcomes.toSorted()).toEqual(['changed', 'gone', 'gone', 'gone'])
  })

  it('ends when a newer one is sent, and with its time', async () => {
    await request(ada.email)
    const first = mailedToken()
    await request(ada.email)
    const second = mailedToken()
    expect(await takePasswordReset(first, 'a wholly new password')).toBe('gone')
    await asOwner(database, `UPDATE password_resets SET expires_at = now() - interval '1 second'`)
    expect(await takePasswordReset(second, 'a wholly new password')).toBe('gone')
    expect(await takePasswordReset('guessed', 'a wholly new password')).toBe('gone')
    expect(await signIn(password)).toBe('accepted')
  })

  it('is kept as a hash and told to the audit log without it', async () => {
    await request(ada.email)
    const token = mailedToken()
    await takePasswordReset(token, 'a wholly new password')
    const rows = await asOwner(database, 'SELECT row_to_json(r)::text AS row FROM password_resets r')
    const { rows: events } = await listAuditEvents(owner, { action: 'account' })
    expect(events).toMatchObject([{ action: 'account.reset_password', actor: `user:${ada.email}`, target: ada.email }])
    for (const text of [JSON.stringify(rows), JSON.stringify(events)]) {
      expect(text).not.toContain(token)
      expect(text).not.toContain(Buffer.from(token).toString('hex'))
      expect(text).not.toContain('a wholly new password')
    }
  })
})

describe('who has no account', () => {
  it('is answered the same, and gets nothing', async () => {
    expect(await request('nobody@example.com')).toBe('taken')
    await removeMember(owner, ada.id)
    expect(await request(ada.email)).toBe('taken')
    expect(mailServer.mails).toEqual([])
  })

  it('meets the limits of who has one', async () => {
    const outcomes = async (email: string) => {
      const all: string[] = []
      for (let n = 0; n < 4; n++) all.push(await request(email, `192.0.2.${n}`))
      return all
    }
    const known = await outcomes(ada.email)
    expect(known).toEqual(['taken', 'taken', 'taken', 'limited'])
    expect(await outcomes('nobody@example.com')).toEqual(known)
  })

  it('may not try many addresses from one place', async () => {
    for (let n = 0; n < 20; n++) expect(await request(`nobody${n}@example.com`, '203.0.113.9')).toBe('taken')
    expect(await request(ada.email, '203.0.113.9')).toBe('limited')
    expect(await request(ada.email, '203.0.113.10')).toBe('taken')
    expect(await request('no address', '203.0.113.9')).toBe('invalid')
  })
})
