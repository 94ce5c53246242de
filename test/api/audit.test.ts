import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameOfField } from '#app/(console)/[organization]/audit/audit-facts-of.ts'
import { createAccessLink } from '#lib/access-links/create-access-link.ts'
import { useAccessLink as takeAccessLink } from '#lib/access-links/use-access-link.ts'
import { changeProfile } from '#lib/account/change-profile.ts'
import { endOwnSessions } from '#lib/account/end-own-sessions.ts'
import { replacePassword } from '#lib/account/replace-password.ts'
import { routeTable } from '#lib/api/route-table.ts'
import type { SignedInUser } from '#lib/auth/find-signed-in-user.ts'
import type { Member } from '#lib/auth/member.ts'
import { startSession } from '#lib/auth/start-session.ts'
import { importClass } from '#lib/claims/import-class.ts'
import { newId } from '#lib/core/ids.ts'
import { prisma } from '#lib/db/prisma.ts'
import { locales } from '#lib/i18n/locales.ts'
import { messages } from '#lib/i18n/messages.ts'
import { createManagementKey } from '#lib/management-keys/create-management-key.ts'
import { revokeManagementKey } from '#lib/management-keys/revoke-management-key.ts'
import { createMember } from '#lib/members/create-member.ts'
import { changeModel } from '#lib/models/change-model.ts'
import { leaveOrganization } from '#lib/offboarding/leave-organization.ts'
import { hashResetToken } from '#lib/password-resets/hash-reset-token.ts'
import { usePasswordReset as takePasswordReset } from '#lib/password-resets/use-password-reset.ts'
import { reRate } from '#lib/prices/re-rate.ts'
import { resumeReRating } from '#lib/prices/resume-re-rating.ts'
import { orderRoute } from '#lib/routing/order-route.ts'
import { checkSecondFactor } from '#lib/two-factor/check-second-factor.ts'
import { confirmTotp } from '#lib/two-factor/confirm-totp.ts'
import { removePasskey } from '#lib/two-factor/remove-passkey.ts'
import { removeTotp } from '#lib/two-factor/remove-totp.ts'
import { renewRecoveryCodes } from '#lib/two-factor/renew-recovery-codes.ts'
import { startTotp } from '#lib/two-factor/start-totp.ts'
import { removeView } from '#lib/views/remove-view.ts'
import { saveView } from '#lib/views/save-view.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type ApiLab, openApiLab } from '../support/open-api-lab.ts'

// Every call of the route table and every action of the console that changes something is made here, and must leave a row
// of the audit log that says what was before and what is after. A new one without a case fails.

const root = resolve(import.meta.dirname, '../..')

/** made: there was nothing before. gone: there is nothing after. */
type Mark = 'changed' | 'made' | 'gone'

interface Case {
  /** The row that it must leave. */
  action: string
  mark: Mark
  /** Makes what it takes and answers id and body of the call. */
  call: () => Promise<{ id?: string; body?: unknown }>
}

let database: TestDatabase
let lab: ApiLab
let count = 0

beforeAll(async () => {
  database = await createTestDatabase()
  lab = await openApiLab()
})
afterAll(() => database?.drop())

const name = () => `thing ${++count}`
const email = () => `person-${++count}@example.com`
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()

async function make(path: string, body: unknown) {
  const answer = await lab.call('POST', path, body)
  expect(answer, path).toMatchObject({ status: 201 })
  return answer.body
}
const project = () => make('/projects', { name: name() })
const provider = () => make('/providers', { name: name(), vendor: 'openai', api_key: 'sk-0123456789abcdef' })
const model = async () =>
  make('/models', {
    name: name().replace(' ', '-'),
    deployments: [{ provider_id: (await provider()).id, upstream_model: 'gpt-4o' }],
  })
const member = () => make('/members', { email: email(), name: 'Ada' })
const key = async (given: object = {}) =>
  make('/keys', {
    name: name(),
    project_id: (await project()).id,
    budgets: [{ limit_usd: '1', period: 'total' }],
    ...given,
  })
const budget = async () =>
  make('/budgets', { scope: 'project', scope_id: (await project()).id, period: 'week', limit_usd: '1' })
const ask = async () => make('/asks', { key_id: (await key()).id, amount_usd: '1', purpose: 'More' })
const channel = () => make('/alert-channels', { name: name(), kind: 'email', recipients: ['a@example.com'] })
const reRating = async () => ({
  model_id: (await model()).id,
  from: '2026-01-01T00:00:00Z',
  to: '2026-01-02T00:00:00Z',
  input_per_mtok: '9',
  output_per_mtok: '9',
})

async function insertAlert(): Promise<{ alert: string; delivery: string }> {
  const { organizationId } = lab.owner
  const [alert] = await asOwner<{ id: string }>(
    database,
    "INSERT INTO alerts (organization_id, kind, occasion, facts) VALUES ($1, 'overrun', $2, '{}') RETURNING id",
    [organizationId, name()],
  )
  const [delivery] = await asOwner<{ id: string }>(
    database,
    `INSERT INTO alert_deliveries (organization_id, alert_id, channel_id, state) VALUES ($1, $2, $3, 'sent') RETURNING id`,
    [organizationId, alert!.id, (await channel()).id],
  )
  return { alert: alert!.id, delivery: delivery!.id }
}

const of = (made: () => Promise<{ id: string }>, body?: unknown) => async () => ({
  id: (await made()).id,
  ...(body !== undefined && { body }),
})
const changed = (action: string, call: Case['call']): Case => ({ action, mark: 'changed', call })
const made = (action: string, call: Case['call']): Case => ({ action, mark: 'made', call })
const gone = (action: string, call: Case['call']): Case => ({ action, mark: 'gone', call })
const nothing = null

/** By method and path; null: it changes nothing, and must leave nothing. */
const cases: Record<string, Case | null> = {
  'POST /providers': made('provider.create', async () => ({
    body: { name: name(), vendor: 'openai', api_key: 'sk-0123456789abcdef' },
  })),
  'PATCH /providers/{id}': changed('provider.change', of(provider, { weight: 7 })),
  'DELETE /providers/{id}': gone('provider.remove', of(provider)),
  'POST /providers/{id}/test': nothing,
  'POST /health/{id}/put-back': changed('upstream.put_back', async () => {
    const { id } = await provider()
    await asOwner(
      database,
      `INSERT INTO upstream_health (id, organization_id, state, reason, changed_at) VALUES ($1, $2, 'blocked', 'key', now())`,
      [id, lab.owner.organizationId],
    )
    return { id }
  }),
  'POST /models': made('model.create', async () => ({
    body: { name: 'm', deployments: [{ provider_id: (await provider()).id, upstream_model: 'gpt-4o' }] },
  })),
  'PATCH /models/{id}': changed('model.change', async () => ({
    id: (await model()).id,
    body: { name: `new-${++count}` },
  })),
  'DELETE /models/{id}': gone('model.remove', of(model)),
  'POST /prices': changed('price.set', async () => ({
    body: { model_id: (await model()).id, input_per_mtok: '1', output_per_mtok: '2' },
  })),
  'POST /re-ratings/preview': nothing,
  'POST /re-ratings': made('price.re_rate', async () => ({ body: await reRating() })),
  'POST /projects': made('project.create', async () => ({ body: { name: name() } })),
  'PATCH /projects/{id}': changed('project.change', of(project, { name: 'another' })),
  'DELETE /projects/{id}': gone('project.remove', of(project)),
  'POST /keys': made('key.create', async () => ({
    body: { name: name(), project_id: (await project()).id, budgets: null },
  })),
  'PATCH /keys/{id}': changed('key.change', of(key, { name: 'another' })),
  'DELETE /keys/{id}': changed('key.revoke', of(key)),
  'POST /keys/{id}/pause': changed('key.pause', of(key)),
  'POST /keys/{id}/resume': changed('key.resume', async () => {
    const { id } = await key()
    expect(await lab.call('POST', `/keys/${id}/pause`)).toMatchObject({ status: 200 })
    return { id }
  }),
  'POST /keys/{id}/rotate': changed('key.rotate', of(key, {})),
  'POST /budgets': made('budget.create', async () => ({
    body: { scope: 'project', scope_id: (await project()).id, period: 'day', limit_usd: '1' },
  })),
  'PATCH /budgets/{id}': changed('budget.change', of(budget, { limit_usd: '2' })),
  'DELETE /budgets/{id}': gone('budget.archive', of(budget)),
  'POST /budgets/{id}/raises': made('budget.raise', async () => ({
    id: (await budget()).id,
    body: { amount_usd: '1', until: inAnHour() },
  })),
  'DELETE /raises/{id}': changed('budget.end_raise', async () =>
    make(`/budgets/${(await budget()).id}/raises`, { amount_usd: '1', until: inAnHour() }).then(({ id }) => ({ id })),
  ),
  'POST /asks': made('budget.ask', async () => ({
    body: { key_id: (await key()).id, amount_usd: '1', purpose: 'More' },
  })),
  'POST /asks/{id}/approve': changed('budget.approve_ask', of(ask, {})),
  'POST /asks/{id}/decline': changed('budget.decline_ask', of(ask, {})),
  'POST /members': made('member.create', async () => ({ body: { email: email(), name: 'Ada' } })),
  'PATCH /members/{id}': changed('member.change', of(member, { role: 'lead' })),
  'DELETE /members/{id}': gone('member.remove', of(member)),
  'POST /members/{id}/access-link': made('access_link.create', of(member)),
  'DELETE /members/{id}/access-link': changed('access_link.revoke', async () => {
    const { id } = await member()
    await make(`/members/${id}/access-link`, undefined)
    return { id }
  }),
  'DELETE /members/{id}/second-factors': changed('member.clear_second_factors', async () => {
    const { id, user_id } = await member()
    await asOwner(database, `INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ($1, 'x', now())`, [
      user_id,
    ])
    return { id }
  }),
  'POST /members/{id}/offboard': changed('member.offboard', of(member, {})),
  'POST /members/{id}/reinstate': changed('member.reinstate', async () => {
    const { id } = await member()
    expect(await lab.call('POST', `/members/${id}/offboard`, {})).toMatchObject({ status: 200 })
    return { id }
  }),
  'POST /invitations': made('member.create', async () => ({ body: { email: email() } })),
  'POST /invitations/{id}/resend': made('access_link.create', of(member)),
  'DELETE /invitations/{id}': gone('member.remove', of(member)),
  'POST /alerts/{id}/acknowledge': changed('alert.acknowledge', async () => ({ id: (await insertAlert()).alert })),
  'POST /alert-deliveries/{id}/resend': changed('delivery.resend', async () => ({
    id: (await insertAlert()).delivery,
  })),
  'POST /alert-channels': made('channel.create', async () => ({
    body: { name: name(), kind: 'email', recipients: ['a@example.com'] },
  })),
  'PATCH /alert-channels/{id}': changed('channel.change', of(channel, { name: 'another' })),
  'DELETE /alert-channels/{id}': gone('channel.remove', of(channel)),
  'POST /alert-channels/{id}/test': nothing,
  'PATCH /organization': changed('organization.change', async () => ({ body: { name: 'Another name' } })),
}

interface Row {
  id: string
  action: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  actor: string
  target: string | null
}

const rowsOf = (organizationId: string) =>
  asOwner<Row>(
    database,
    `SELECT id, action, before, after, actor, target FROM audit_events WHERE organization_id = $1 ORDER BY created_at, id`,
    [organizationId],
  )

/** What was written while `work` ran. */
async function written(organizationId: string, work: () => Promise<unknown>): Promise<Row[]> {
  const known = new Set((await rowsOf(organizationId)).map(({ id }) => id))
  await work()
  return (await rowsOf(organizationId)).filter(({ id }) => !known.has(id))
}

function expectRow(rows: Row[], { action, mark }: Pick<Case, 'action' | 'mark'>): void {
  const row = rows.find((found) => found.action === action)
  expect(rows.map((found) => found.action)).toContain(action)
  expect(row?.actor).toMatch(/^(user|management_key):./)
  if (mark !== 'made') expect(row?.before, 'before').toBeTruthy()
  if (mark !== 'gone') expect(row?.after, 'after').toBeTruthy()
  // What is said to have changed is another afterwards.
  if (mark === 'changed') expect(row?.after).not.toEqual(row?.before)
}

const mutating = routeTable.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)

describe('a call of the management API', () => {
  it('that may change something has its case here', () => {
    expect(Object.keys(cases).sort()).toEqual(mutating.sort())
  })

  it.each(mutating)('%s is written down with what was before and after', async (call) => {
    const one = cases[call]
    const [method, path] = call.split(' ') as [string, string]
    if (!one) return
    const { id = '', body } = await one.call()
    const rows = await written(lab.owner.organizationId, async () => {
      const { status } = await lab.call(method, path.replace('{id}', id), body)
      expect([200, 201]).toContain(status)
    })
    expectRow(rows, one)
  })

  it('that only looks writes nothing', async () => {
    const rows = await written(lab.owner.organizationId, async () => {
      expect(await lab.call('POST', '/re-ratings/preview', await reRating())).toMatchObject({ status: 200 })
    })
    expect(rows.map(({ action }) => action).toSorted()).toEqual(['model.create', 'provider.create'])
  })
})

interface Own {
  owner: Member
  /** A fresh member of the lab with a password. */
  person: Member & { userId: string }
  user: SignedInUser
}

interface Operation {
  action: string
  mark: Mark
  run: (own: Own) => Promise<unknown>
}

const operation = (action: string, mark: Mark, run: Operation['run']): Operation => ({ action, mark, run })
const password = 'correct horse battery'
const proof = { secret: password, address: '192.0.2.1' }

async function newPerson(): Promise<Own> {
  const { owner } = lab
  const { id, email: address, userId } = await createMember(owner, { email: email(), name: 'Ada', role: 'lead' })
  const { token } = await createAccessLink(owner, id)
  expect(await takeAccessLink(token, { password, signedInUserId: null })).toMatchObject({ outcome: 'used' })
  const person = { ...owner, userId, membershipId: id, role: 'lead', actor: `user:${address}` } as const
  return { owner, person, user: { id: userId, email: address, name: 'Ada', locale: null, hasSecondFactor: false } }
}

async function startApp(user: SignedInUser): Promise<string> {
  const { secret } = await startTotp(user, proof)
  return generateSync({ secret })
}

/** What the console's actions do and no call of the API does, by file; text: why there is nothing to write down. */
const operations: Record<string, Operation | string> = {
  'account/change-profile.ts': operation('account.change_profile', 'changed', ({ user }) =>
    changeProfile(user.id, { name: 'Another', locale: 'zh-CN' }),
  ),
  'account/change-password.ts': operation('account.change_password', 'changed', async ({ user }) => {
    await startSession(user.id, null)
    const change = { currentPassword: password, newPassword: 'another password', address: proof.address }
    expect(await replacePassword(user, change)).toEqual({ outcome: 'changed' })
  }),
  'account/end-own-sessions.ts': operation('account.end_sessions', 'changed', async ({ user }) =>
    endOwnSessions(user.id, { id: await startSession(user.id, null) }),
  ),
  'two-factor/start-totp.ts': 'it counts for nothing until it is confirmed',
  'two-factor/confirm-totp.ts': operation('account.add_totp', 'changed', async ({ user }) =>
    confirmTotp(user, await startApp(user)),
  ),
  'two-factor/remove-totp.ts': operation('account.remove_totp', 'changed', async ({ user }) => {
    await confirmTotp(user, await startApp(user))
    await removeTotp(user, proof)
  }),
  'two-factor/renew-recovery-codes.ts': operation('account.renew_recovery_codes', 'changed', async ({ user }) => {
    const codes = await confirmTotp(user, await startApp(user))
    await checkSecondFactor(user, codes![0]!, proof.address)
    await renewRecoveryCodes({ ...user, hasSecondFactor: true }, proof)
  }),
  'two-factor/complete-sign-in.ts': operation('account.use_recovery_code', 'changed', async ({ user }) => {
    const codes = await confirmTotp(user, await startApp(user))
    expect(await checkSecondFactor(user, codes![0]!, proof.address)).toEqual({ outcome: 'accepted' })
  }),
  'two-factor/start-passkey.ts': 'it counts for nothing until the device has answered',
  'two-factor/finish-passkey.ts': 'takes a device: test/console/ways-in looks for its row',
  'two-factor/remove-passkey.ts': operation('account.remove_passkey', 'changed', async ({ user }) => {
    const id = newId()
    await asOwner(
      database,
      `INSERT INTO passkeys (id, user_id, credential_id, public_key, name) VALUES ($1, $2, $3, 'x', 'Laptop')`,
      [id, user.id, id],
    )
    await removePasskey(user, id, proof)
  }),
  'two-factor/start-passkey-sign-in.ts': 'a sign-in changes nothing',
  'two-factor/sign-in-with-passkey.ts': 'a sign-in changes nothing',
  'two-factor/check-passkey.ts': 'a sign-in changes nothing',
  'password-resets/request-password-reset.ts': 'nothing has changed until the link is used',
  'password-resets/use-password-reset.ts': operation('account.reset_password', 'changed', async ({ user }) => {
    await startSession(user.id, null)
    const token = newId()
    await asOwner(
      database,
      `INSERT INTO password_resets (id, user_id, token_hash, expires_at) VALUES ($1, $2, $3, now() + interval '1 hour')`,
      [newId(), user.id, Buffer.from(hashResetToken(token))],
    )
    expect(await takePasswordReset(token, 'another password')).toBe('changed')
  }),
  'access-links/use-access-link.ts': operation('access_link.use', 'changed', async ({ owner, person }) => {
    const { token } = await createAccessLink(owner, person.membershipId!)
    await takeAccessLink(token, { password, signedInUserId: null })
  }),
  'claims/import-class.ts': operation('access_link.create', 'made', async ({ owner }) =>
    importClass(owner, {
      csv: `name,email\nEve,${email()}`,
      projectId: (await project()).id,
      cap: [{ period: 'month', limitNanos: 1n }],
    }),
  ),
  'management-keys/create-management-key.ts': operation('management_key.create', 'made', ({ owner }) =>
    createManagementKey(owner, { name: 'k', role: 'lead' }),
  ),
  'management-keys/revoke-management-key.ts': operation('management_key.revoke', 'gone', async ({ owner }) => {
    const { id } = await createManagementKey(owner, { name: 'k', role: 'lead' })
    await revokeManagementKey(owner, id)
  }),
  'offboarding/leave-organization.ts': operation('member.leave', 'gone', ({ person }) => leaveOrganization(person)),
  'routing/order-route.ts': operation('model.change', 'changed', async ({ owner }) => {
    const { id } = await model()
    const { deployments } = await changeModel(owner, id, {
      deployments: [
        { providerId: (await provider()).id, upstreamModel: 'a' },
        { providerId: (await provider()).id, upstreamModel: 'b' },
      ],
    })
    await orderRoute(
      owner,
      id,
      deployments.map((deployment) => [deployment.id]),
    )
  }),
  'views/save-view.ts': operation('view.create', 'made', ({ owner }) =>
    saveView(owner, { name: 'v', query: 'group=key' }),
  ),
  'views/remove-view.ts': operation('view.remove', 'gone', async ({ owner }) =>
    removeView(owner, (await saveView(owner, { name: 'v', query: 'group=key' })).id),
  ),
  'prices/resume-re-rating.ts': operation('price.re_rate', 'made', async ({ owner }) => {
    const usual = { inputPerMtok: 9n, outputPerMtok: 9n }
    const span = { modelId: (await model()).id, from: new Date('2026-01-01'), to: new Date('2026-01-02') }
    const { id } = await reRate(owner, { ...span, ...usual })
    const rows = async () =>
      (await rowsOf(owner.organizationId)).filter(({ action }) => action === 'price.re_rate').length
    const before = await rows()
    // As if it had been cut off before its end.
    await asOwner(database, 'UPDATE re_ratings SET finished_at = NULL WHERE id = $1', [id])
    await resumeReRating(owner, id)
    expect(await rows()).toBe(before + 1)
  }),
  'setup/complete-setup.ts': 'the organization’s first row is made with it: test/auth/setup looks for it',
  'organizations/create-organization.ts': 'its row is in the new organization: test/domains/organizations looks for it',
}

/** Files of lib that the console's server functions use. */
function usedByActions(): string[] {
  const used = new Set<string>()
  for (const entry of readdirSync(join(root, 'app'), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8')
    if (!text.startsWith("'use server'")) continue
    for (const [, path] of text.matchAll(/from '#lib\/([^']+)'/g)) used.add(path!)
  }
  return [...used]
}

/** Those that a call of the API uses, too. */
const usedByApi = new Set(
  readdirSync(join(root, 'lib/api/routes')).flatMap((file) =>
    [...readFileSync(join(root, 'lib/api/routes', file), 'utf8').matchAll(/from '\.\.\/\.\.\/([^']+)'/g)].map(
      ([, path]) => path!,
    ),
  ),
)
/** What looks and does not touch, what a request is read by, and the session itself. */
const harmless =
  /^(auth|core|i18n)\/|^log\.ts$|\/(find|get|list|look-up|preview|can)-|-(schema|choices)\.ts$|^two-factor\/check-passkey/

describe('an action of the console', () => {
  it('that no call of the API makes has its case here', () => {
    const used = usedByActions().filter((path) => !usedByApi.has(path) && !harmless.test(path))
    expect(used.length).toBeGreaterThan(10)
    expect(used.filter((path) => !(path in operations))).toEqual([])
  })

  const run = Object.entries(operations).filter((entry): entry is [string, Operation] => typeof entry[1] !== 'string')
  it.each(run)('%s is written down with what was before and after', async (_, one) => {
    await prisma().signInAttempt.deleteMany()
    const own = await newPerson()
    expectRow(await written(lab.owner.organizationId, () => one.run(own)), one)
  })
})

function actionsInLib(): string[] {
  return readdirSync(join(root, 'lib'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('generated'))
    .flatMap((entry) => {
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8')
      return [...text.matchAll(/action: '([a-z_]+\.[a-z_]+)'|'(account\.[a-z_]+)'/g)].map(
        (match) => (match[1] ?? match[2])!,
      )
    })
}

describe('the log', () => {
  it('is read in words: every action and field has a name in every language', async () => {
    const rows = await rowsOf(lab.owner.organizationId)
    // Also those that no case here comes by.
    const actions = new Set([...rows.map(({ action }) => action), ...actionsInLib()])
    const fields = new Set(rows.flatMap(({ before, after }) => Object.keys({ ...before, ...after })))
    expect(actions.size).toBeGreaterThan(40)
    for (const locale of locales) {
      const { audit } = messages[locale]
      const named = Object.entries(audit.actions).flatMap(([noun, verbs]) =>
        Object.keys(verbs).map((verb) => `${noun}.${verb}`),
      )
      expect([...actions].filter((action) => !named.includes(action))).toEqual([])
      expect([...fields].filter((field) => !(nameOfField(field) in audit.fields))).toEqual([])
    }
  })
})
