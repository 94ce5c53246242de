import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Member, Role } from '#lib/auth/member.ts'
import { newId } from '#lib/core/ids.ts'
import { parseUsd } from '#lib/core/money.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { getKey } from '#lib/keys/get-key.ts'
import { pauseKey } from '#lib/keys/pause-key.ts'
import { revokeKey } from '#lib/keys/revoke-key.ts'
import { verifyLedger } from '#lib/ledger/verify-ledger.ts'
import { createMember } from '#lib/members/create-member.ts'
import { getRequest } from '#lib/requests/get-request.ts'
import { costByJournal, inputNanos, model, outputNanos, type RunningLab, startLab } from './start-lab.ts'

let lab: RunningLab

beforeAll(async () => {
  lab = await startLab()
})

afterAll(async () => {
  await lab?.close()
})

beforeEach(() => {
  lab.simulator.control.reset()
  lab.simulator.journal.reset()
})

interface KeyOptions {
  capUsd?: string
  models?: string[]
  allowedIps?: string[]
  requestsPerDay?: number
}

async function addMember(role: Role): Promise<Member & { email: string }> {
  const email = `${newId()}@example.com`
  const { userId, id: membershipId } = await createMember(lab.member, { email, name: 'Chen Yu', role })
  return { organizationId: lab.member.organizationId, userId, membershipId, role, actor: `user:${email}`, email }
}

async function holder({ capUsd, ...options }: KeyOptions = {}, role: Role = 'member') {
  const member = await addMember(role)
  const key = await createKey(lab.member, {
    name: newId(),
    projectId: lab.projectId,
    memberEmail: member.email,
    budgets: capUsd === undefined ? [] : [{ period: 'total', limitNanos: parseUsd(capUsd)! }],
    ...options,
  })
  return { member, key }
}

function call(member: Member, keyId: string, signal = new AbortController().signal, fields: object = {}) {
  const messages = [{ role: 'user', content: 'Is the sample large enough?' }]
  const body = JSON.stringify({ model, messages, stream: true, stream_options: { include_usage: true }, ...fields })
  return lab.gateway.callWithOwnKey(member, keyId, { body, signal, remoteAddress: '192.0.2.7' })
}

/** Null when it was answered. */
async function refusalOf(member: Member, keyId: string): Promise<string | null> {
  const answer = await call(member, keyId).answer
  const text = await answer.text()
  return answer.ok ? null : `${answer.status} ${JSON.parse(text).error.code}`
}

it('a member calls with the own key and without its secret: charged to it, to the nano-dollar', async () => {
  const { member, key } = await holder({ capUsd: '1' })
  const { id, answer } = call(member, key.id)
  const response = await answer
  expect(response.headers.get('x-request-id')).toBe(id)
  expect(await response.text()).toContain('[DONE]')
  const seen = await getKey(lab.member, key.id)
  expect(seen.spentNanos).toBe(costByJournal(lab.simulator))
  expect(seen.spentNanos).toBeGreaterThan(0n)
  expect(await getRequest(member, id)).toMatchObject({ keyId: key.id, status: 200, costNanos: seen.spentNanos })
  expect(await verifyLedger(lab.member)).toMatchObject({ ok: true })
})

it('a call that is stopped in the middle costs what had been served by then, and no more than was written', async () => {
  const { member, key } = await holder({ capUsd: '1' })
  lab.simulator.control.set({ fault: 'hang-mid-stream', faultAtToken: 100, outputTokens: 200 })
  const stop = new AbortController()
  const { id, answer } = call(member, key.id, stop.signal, { max_tokens: 200 })
  const reader = (await answer).body!.getReader()
  expect((await reader.read()).done).toBe(false)
  stop.abort()
  await reader.cancel()
  await lab.simulator.journal.whenIdle()
  await expect.poll(async () => (await getKey(lab.member, key.id)).reservedNanos, { timeout: 30_000 }).toBe(0n)
  const [served] = lab.simulator.journal.calls
  const request = await getRequest(member, id)
  expect(request).toMatchObject({ status: 499, estimated: true })
  expect(served!.servedTokens).toBeLessThan(200)
  expect(request.costNanos).toBeGreaterThan(0n)
  const most = BigInt(served!.promptTokens) * inputNanos + 200n * outputNanos
  expect(request.costNanos).toBeLessThan(most)
})

it('whatever holds for a key outside holds here', async () => {
  const broke = await holder({ capUsd: '0' })
  expect(await refusalOf(broke.member, broke.key.id)).toBe('402 insufficient_quota')
  const elsewhere = await holder({ allowedIps: ['198.51.100.0/24'] })
  expect(await refusalOf(elsewhere.member, elsewhere.key.id)).toBe('403 ip_not_allowed')
  const here = await holder({ allowedIps: ['192.0.2.0/24'] })
  expect(await refusalOf(here.member, here.key.id)).toBeNull()
  const closed = await holder({ models: [] })
  expect(await refusalOf(closed.member, closed.key.id)).toBe('403 model_not_allowed')
  const limited = await holder({ requestsPerDay: 1 })
  expect(await refusalOf(limited.member, limited.key.id)).toBeNull()
  expect(await refusalOf(limited.member, limited.key.id)).toBe('429 rate_limit_exceeded')
  const paused = await holder()
  await pauseKey(lab.member, paused.key.id)
  expect(await refusalOf(paused.member, paused.key.id)).toBe('403 key_paused')
  const revoked = await holder()
  await revokeKey(lab.member, revoked.key.id)
  expect(await refusalOf(revoked.member, revoked.key.id)).toBe('401 invalid_api_key')
})

it('nobody calls with the key of another, whatever their role, and a viewer with none', async () => {
  const { key } = await holder()
  const nobodys = await lab.addKey(null)
  const other = await holder()
  for (const member of [other.member, lab.member]) {
    expect(await refusalOf(member, key.id)).toBe('401 invalid_api_key')
    expect(await refusalOf(member, nobodys.id)).toBe('401 invalid_api_key')
    expect(await refusalOf(member, 'sk-stp-something')).toBe('401 invalid_api_key')
  }
  // A management key is nobody.
  expect(await refusalOf({ ...lab.member, membershipId: null }, nobodys.id)).toBe('401 invalid_api_key')
  const viewer = await holder({}, 'viewer')
  expect(await refusalOf(viewer.member, viewer.key.id)).toBe('403 forbidden')
  expect(lab.simulator.journal.calls).toEqual([])
})
