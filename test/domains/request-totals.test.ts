import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Member } from '#lib/auth/member.ts'
import { createKey } from '#lib/keys/create-key.ts'
import { createMember } from '#lib/members/create-member.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { createProvider } from '#lib/providers/create-provider.ts'
import type { RequestFilter } from '#lib/requests/request-filter.ts'
import { splitRequests } from '#lib/requests/split-requests.ts'
import { sumRequests } from '#lib/requests/sum-requests.ts'
import { randomFrom } from '../proxy/support/random.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'
import { insertRequest } from '../support/insert-request.ts'
import { seeds } from '../support/seeds.ts'

const random = randomFrom(seeds(1)[0]!)
const begin = Date.parse('2026-02-03T04:00:00Z')
const minuteMs = 60_000
const hours = 6

let database: TestDatabase
let owner: Member
let student: Member
let keys: { id: string; projectId: string; membershipId: string | null }[]
let providerId: string

/** A whole number from 0 to below `end`. */
const below = (end: number) => Math.floor(random() * end)
const oneOf = <T>(list: readonly T[]): T => list[below(list.length)]!
/** Often on the hour itself, where a border is got wrong. */
const someTime = () => new Date(begin + below(hours + 1) * 60 * minuteMs + oneOf([0, 0, 1, 30 * minuteMs, 3_599_999]))

beforeAll(async () => {
  database = await createTestDatabase()
  owner = await foundLab('Lab', 'Asia/Shanghai')
  const { id: first } = await createProject(owner, { name: 'first' })
  const { id: second } = await createProject(owner, { name: 'second' })
  const { id: membershipId, userId } = await createMember(owner, { email: 'ada@example.com', name: 'Ada' })
  student = { ...owner, userId, membershipId, role: 'member' }
  const own = await createKey(owner, { name: 'a', projectId: first, memberEmail: 'ada@example.com', budgets: null })
  const other = await createKey(owner, { name: 'b', projectId: first, budgets: null })
  const third = await createKey(owner, { name: 'c', projectId: second, budgets: null })
  keys = [own, other, third]
  providerId = (await createProvider(owner, { name: 'OpenAI', vendor: 'openai', apiKey: 'sk-0123456789' })).id
  for (let made = 0; made < 150; made++) {
    await insertRequest(database, {
      organizationId: owner.organizationId,
      key: oneOf(keys),
      createdAt: someTime().toISOString(),
      model: oneOf(['gpt-4o', 'gpt-4']),
      providerId: oneOf([null, providerId]),
      status: oneOf([200, 200, 402, 499, 502]),
      costNanos: BigInt(below(1_000_000_007)),
      inputTokens: below(10_000),
      outputTokens: below(10_000),
    })
  }
})
afterAll(() => database?.drop())

/** The plain way, over every row. */
async function count(filter: RequestFilter, membershipId: string | null = null) {
  const { keyId, projectId, providerId: provider, model, status, from, to } = filter
  const [row] = await asOwner<{ requests: number; inputTokens: number; outputTokens: number; costNanos: string }>(
    database,
    `SELECT count(*)::int AS requests, coalesce(sum(input_tokens), 0)::int AS "inputTokens",
       coalesce(sum(output_tokens), 0)::int AS "outputTokens", coalesce(sum(cost_nanos), 0)::text AS "costNanos"
     FROM requests
     WHERE organization_id = $1 AND ($2::uuid IS NULL OR key_id = $2) AND ($3::uuid IS NULL OR project_id = $3)
       AND ($4::uuid IS NULL OR provider_id = $4) AND ($5::text IS NULL OR model = $5)
       AND ($6::text IS NULL OR status::text = $6 OR outcome_of(status, provider_id) = $6)
       AND ($7::timestamptz IS NULL OR created_at >= $7) AND ($8::timestamptz IS NULL OR created_at < $8)
       AND ($9::uuid IS NULL OR membership_id = $9)`,
    [owner.organizationId, keyId, projectId, provider, model, status, from, to, membershipId],
  )
  return { ...row!, costNanos: BigInt(row!.costNanos) }
}

function someFilter(): RequestFilter {
  const ends = [someTime(), someTime()].sort((a, b) => a.getTime() - b.getTime())
  return {
    from: oneOf([undefined, ends[0]]),
    to: oneOf([undefined, ends[1]]),
    keyId: oneOf([undefined, undefined, oneOf(keys).id]),
    projectId: oneOf([undefined, undefined, oneOf(keys).projectId]),
    providerId: oneOf([undefined, undefined, providerId]),
    status: oneOf([undefined, undefined, 'ok', 'error', 'refused', 'aborted', '502']),
    model: oneOf([undefined, undefined, undefined, 'gpt-4']),
  }
}

describe('the totals of a filter', () => {
  it('are those of its rows to the nano-dollar, wherever the span begins and ends', async () => {
    let byHour = 0
    for (let run = 0; run < 150; run++) {
      const filter = someFilter()
      if (splitRequests(filter).hours) byHour++
      expect(await sumRequests(owner, filter), JSON.stringify(filter)).toEqual(await count(filter))
    }
    expect(byHour).toBeGreaterThan(0)
  })

  it('are of the own keys where no more may be read', async () => {
    for (let run = 0; run < 30; run++) {
      const filter = someFilter()
      expect(await sumRequests(student, filter), JSON.stringify(filter)).toEqual(
        await count(filter, student.membershipId),
      )
    }
  })

  it('are read as rows only at the ends of the span', () => {
    const at = (time: string) => new Date(`2026-02-03T${time}Z`)
    expect(splitRequests({ from: at('04:30:00'), to: at('07:10:00') })).toEqual({
      hours: { from: at('05:00:00'), to: at('07:00:00'), outcome: undefined },
      rows: [
        { from: at('04:30:00'), to: at('05:00:00') },
        { from: at('07:00:00'), to: at('07:10:00') },
      ],
    })
    expect(splitRequests({ from: at('04:00:00') }).rows).toEqual([])
    const within = { from: at('04:10:00'), to: at('05:00:00') }
    expect(splitRequests(within)).toEqual({ hours: null, rows: [within] })
  })
})
