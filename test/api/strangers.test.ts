import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Route } from '#lib/api/route.ts'
import { routeTable } from '#lib/api/route-table.ts'
import { newId } from '#lib/core/ids.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertRequest } from '../support/insert-request.ts'
import { type ApiLab, openApiLab } from '../support/open-api-lab.ts'

// Every call of the route table is tried with ids that are not for the asker: of another organization, of what is gone,
// guessed and misshapen. All must get the same refusal, to the letter.

const nouns = [
  'provider',
  'model',
  'deployment',
  'project',
  'key',
  'member',
  'budget',
  'raise',
  'ask',
  're_rating',
  'request',
  'channel',
  'alert',
  'delivery',
] as const
type Noun = (typeof nouns)[number]
type Ids = Record<Noun, string>

interface Case {
  /** What the id stands for, and where it goes when that is not the path. */
  noun: Noun
  param?: string
  /** Whose own id then stands in the path. */
  at?: Noun
  body?: (id: string, own: Ids) => unknown
  /** How a thing that is gone answers where it is not as if it had never been. */
  whenGone?: 200 | 409 | 'never goes'
}

const cases: Record<string, Case[]> = {
  'GET /providers': [],
  'POST /providers': [],
  'GET /providers/{id}': [{ noun: 'provider' }],
  'PATCH /providers/{id}': [{ noun: 'provider', body: () => ({ name: 'taken over' }) }],
  'DELETE /providers/{id}': [{ noun: 'provider' }],
  'POST /providers/{id}/test': [{ noun: 'provider' }],
  'GET /health': [],
  'POST /health/{id}/put-back': [{ noun: 'provider' }, { noun: 'deployment' }],
  'GET /models': [],
  'POST /models': [
    {
      noun: 'provider',
      param: 'deployments.0.provider_id',
      body: (id) => ({ name: 'stolen', deployments: [{ provider_id: id, upstream_model: 'gpt-4o' }] }),
    },
  ],
  'GET /models/{id}': [{ noun: 'model' }],
  'PATCH /models/{id}': [
    { noun: 'model', body: () => ({ name: 'stolen' }) },
    {
      noun: 'provider',
      at: 'model',
      param: 'deployments.0.provider_id',
      body: (id) => ({ deployments: [{ provider_id: id, upstream_model: 'gpt-4o' }] }),
    },
  ],
  'DELETE /models/{id}': [{ noun: 'model' }],
  'GET /re-ratings': [],
  'POST /re-ratings/preview': [{ noun: 'model', param: 'model_id', body: reRatingOf }],
  'POST /re-ratings': [{ noun: 'model', param: 'model_id', body: reRatingOf }],
  'GET /re-ratings/{id}': [{ noun: 're_rating', whenGone: 'never goes' }],
  'GET /prices': [],
  'POST /prices': [
    {
      noun: 'model',
      param: 'model_id',
      body: (id) => ({ model_id: id, input_per_mtok: '0', output_per_mtok: '0' }),
    },
    {
      noun: 'deployment',
      param: 'deployment_id',
      body: (id, own) => ({ model_id: own.model, deployment_id: id, input_per_mtok: '0', output_per_mtok: '0' }),
    },
  ],
  'GET /projects': [],
  'POST /projects': [],
  'GET /projects/{id}': [{ noun: 'project' }],
  'PATCH /projects/{id}': [{ noun: 'project', body: () => ({ budgets: [] }) }],
  'DELETE /projects/{id}': [{ noun: 'project' }],
  'GET /keys': [],
  'POST /keys': [
    { noun: 'project', param: 'project_id', body: (id) => ({ name: 'k', project_id: id, budgets: null }) },
  ],
  'GET /keys/{id}': [{ noun: 'key', whenGone: 200 }],
  'PATCH /keys/{id}': [
    { noun: 'key', body: () => ({ budgets: null }), whenGone: 409 },
    { noun: 'project', at: 'key', param: 'project_id', body: (id) => ({ project_id: id }) },
  ],
  'DELETE /keys/{id}': [{ noun: 'key', whenGone: 200 }],
  'POST /keys/{id}/pause': [{ noun: 'key', whenGone: 409 }],
  'POST /keys/{id}/resume': [{ noun: 'key', whenGone: 409 }],
  'POST /keys/{id}/rotate': [{ noun: 'key', whenGone: 409 }],
  'GET /budgets': [],
  'POST /budgets': (['project', 'member', 'key'] as const).map((noun) => ({
    noun,
    param: 'scope_id',
    body: (id: string) => ({ scope: noun, scope_id: id, period: 'week', limit_usd: '1' }),
  })),
  'GET /budgets/{id}': [{ noun: 'budget' }],
  'PATCH /budgets/{id}': [{ noun: 'budget', body: () => ({ limit_usd: '999' }) }],
  'DELETE /budgets/{id}': [{ noun: 'budget' }],
  'GET /budgets/{id}/raises': [{ noun: 'budget' }],
  'POST /budgets/{id}/raises': [{ noun: 'budget', body: () => ({ amount_usd: '9', until: inAnHour() }) }],
  'DELETE /raises/{id}': [{ noun: 'raise' }],
  'GET /asks': [],
  'POST /asks': [
    { noun: 'key', param: 'key_id', body: (id) => ({ key_id: id, amount_usd: '9', purpose: 'taken over' }) },
  ],
  'POST /asks/{id}/approve': [
    { noun: 'ask', whenGone: 409, body: () => ({}) },
    { noun: 'budget', at: 'ask', param: 'budget_id', body: (id) => ({ budget_id: id }) },
  ],
  'POST /asks/{id}/decline': [{ noun: 'ask', whenGone: 409, body: () => ({}) }],
  'GET /members': [],
  'POST /members': [],
  'GET /members/{id}': [{ noun: 'member' }],
  'PATCH /members/{id}': [{ noun: 'member', body: () => ({ role: 'viewer' }) }],
  'DELETE /members/{id}': [{ noun: 'member' }],
  'POST /members/{id}/access-link': [{ noun: 'member' }],
  'DELETE /members/{id}/access-link': [{ noun: 'member' }],
  'DELETE /members/{id}/second-factors': [{ noun: 'member' }],
  'GET /members/{id}/offboarding': [{ noun: 'member' }],
  'POST /members/{id}/offboard': [
    { noun: 'member', body: () => ({}) },
    { noun: 'member', at: 'member', param: 'heir_id', body: (id) => ({ keys: 'transfer', heir_id: id }) },
  ],
  'POST /members/{id}/reinstate': [{ noun: 'member', whenGone: 'never goes' }],
  'GET /former-members': [],
  'GET /invitations': [],
  'POST /invitations': [],
  'POST /invitations/{id}/resend': [{ noun: 'member' }],
  'DELETE /invitations/{id}': [{ noun: 'member' }],
  'GET /requests': [],
  'GET /requests/{id}': [{ noun: 'request', whenGone: 'never goes' }],
  'GET /usage': [],
  'GET /ledger/verify': [],
  'GET /alerts': [],
  'POST /alerts/{id}/acknowledge': [{ noun: 'alert', whenGone: 'never goes' }],
  'GET /alert-deliveries': [],
  'POST /alert-deliveries/{id}/resend': [{ noun: 'delivery', whenGone: 409 }],
  'GET /alert-channels': [],
  'POST /alert-channels': [],
  'PATCH /alert-channels/{id}': [{ noun: 'channel', body: () => ({ name: 'stolen' }) }],
  'DELETE /alert-channels/{id}': [{ noun: 'channel' }],
  'POST /alert-channels/{id}/test': [{ noun: 'channel' }],
  'GET /audit': [],
  'GET /organization': [],
  'PATCH /organization': [],
}

let database: TestDatabase
let theirs: ApiLab
let ours: ApiLab
let foreign: Ids
let own: Ids
let gone: Ids

beforeAll(async () => {
  database = await createTestDatabase()
  theirs = await openApiLab('Theirs')
  ours = await openApiLab('Ours')
  foreign = await furnish(theirs, 'foreign')
  own = await furnish(ours, 'own')
  gone = await furnish(ours, 'gone')
  await clear(ours, gone)
})
afterAll(() => database?.drop())

describe('every call of the route table', () => {
  it('has its case here', () => {
    expect(Object.keys(cases).sort()).toEqual(routeTable.map(({ method, path }) => `${method} ${path}`).sort())
  })

  it('that has an id in its path is tried with one', () => {
    const untried = routeTable
      .filter(({ method, path }) => path.includes('{id}') && !cases[`${method} ${path}`]?.some(({ param }) => !param))
      .map(({ method, path }) => `${method} ${path}`)
    expect(untried).toEqual([])
  })

  it('leaves another organization as it was', async () => {
    const before = await snapshot(theirs)
    for (const [call, list] of Object.entries(cases)) for (const one of list) await ask(call, one, foreign[one.noun])
    expect(await snapshot(theirs)).toEqual(before)
    expect(before.length).toBeGreaterThan(10)
  })
})

describe.each(Object.entries(cases).flatMap(([call, list]) => list.map((one) => ({ call, ...one }))))(
  '$call with the id of a $noun',
  ({ call, ...one }) => {
    it('refuses all that is not there in the same words', async () => {
      const guessed = await ask(call, one, newId())
      expect(guessed).toMatchObject({
        status: 404,
        body: { error: { code: 'not_found', param: one.param ?? null } },
      })
      for (const id of [foreign[one.noun], 'not-an-id', `${newId()}'--`]) {
        expect(await ask(call, one, id)).toEqual(guessed)
      }
      if (one.whenGone === undefined) expect(await ask(call, one, gone[one.noun])).toEqual(guessed)
      else if (one.whenGone !== 'never goes') {
        expect((await ask(call, one, gone[one.noun])).status).toBe(one.whenGone)
      }
    })
  },
)

describe.each(routeTable.filter(({ method, path }) => method === 'GET' && !path.includes('{id}')))(
  'GET $path',
  (route: Route) => {
    it('shows nothing of another organization', async () => {
      const { status, body } = await ours.call('GET', route.path)
      expect(status).toBe(200)
      const text = JSON.stringify(body)
      for (const id of [theirs.owner.organizationId, ...Object.values(foreign)]) expect(text).not.toContain(id)
      expect(text).not.toContain('foreign')
    })

    const filters = Object.keys((route.query as z.ZodObject).shape).filter((name) => name.endsWith('_id'))
    it.each(filters)('finds as much by a foreign %s as by a guessed one', async (name) => {
      const noun = nouns.find((noun) => name === `${noun}_id`) ?? 'key'
      const span = route.path === '/usage' ? '&from=2026-01-01&to=2026-02-01' : ''
      const find = async (id: string) => (await ours.call('GET', `${route.path}?${name}=${id}${span}`)).body
      const guessed = await find(newId())
      expect(guessed.data).toEqual([])
      expect(await find(foreign[noun])).toEqual(guessed)
    })
  },
)

async function ask(call: string, { param, at, body }: Case, id: string) {
  const [method, path] = call.split(' ') as [string, string]
  const idInPath = param ? own[at ?? 'key'] : id
  const answer = await ours.call(method, path.replace('{id}', encodeURIComponent(idInPath)), body?.(id, own))
  return { status: answer.status, body: answer.body }
}

/** One of everything, whose names all hold `name`. */
async function furnish(lab: ApiLab, name: string): Promise<Ids> {
  const make = async (path: string, body: unknown) => {
    const answer = await lab.call('POST', path, body)
    expect(answer).toMatchObject({ status: 201 })
    return answer.body
  }
  const provider = await make('/providers', { name, vendor: 'openai', api_key: 'sk-0123456789abcdef' })
  const model = await make('/models', { name, deployments: [{ provider_id: provider.id, upstream_model: 'gpt-4o' }] })
  const member = await make('/members', { email: `${name}@example.com`, name })
  const project = await make('/projects', { name })
  const key = await make('/keys', {
    name,
    project_id: project.id,
    member_email: `${name}@example.com`,
    budgets: [{ limit_usd: '1', period: 'total' }],
  })
  const raise = await make(`/budgets/${key.budgets[0].id}/raises`, { amount_usd: '1', until: inAnHour() })
  const reRating = await make('/re-ratings', reRatingOf(model.id))
  const ask = await make('/asks', { key_id: key.id, amount_usd: '1', purpose: name })
  const request = await insertRequest(database, {
    organizationId: lab.owner.organizationId,
    key: { id: key.id, projectId: project.id, membershipId: member.id },
    model: name,
  })
  const channel = await make('/alert-channels', { name, kind: 'email', recipients: [`${name}@example.com`] })
  const [alert] = await asOwner<{ id: string }>(
    database,
    "INSERT INTO alerts (organization_id, kind, occasion, facts) VALUES ($1, 'overrun', $2, '{}') RETURNING id",
    [lab.owner.organizationId, name],
  )
  const [delivery] = await asOwner<{ id: string }>(
    database,
    `INSERT INTO alert_deliveries (organization_id, alert_id, channel_id, state) VALUES ($1, $2, $3, 'sent') RETURNING id`,
    [lab.owner.organizationId, alert!.id, channel.id],
  )
  return {
    channel: channel.id,
    alert: alert!.id,
    delivery: delivery!.id,
    provider: provider.id,
    model: model.id,
    deployment: model.deployments[0].id,
    member: member.id,
    project: project.id,
    key: key.id,
    budget: key.budgets[0].id,
    raise: raise.id,
    ask: ask.id,
    re_rating: reRating.id,
    request,
  }
}

async function clear(lab: ApiLab, ids: Ids): Promise<void> {
  const remove = async (path: string) => expect(await lab.call('DELETE', path)).toMatchObject({ status: 200 })
  await remove(`/alert-channels/${ids.channel}`)
  expect(await lab.call('POST', `/asks/${ids.ask}/decline`, {})).toMatchObject({ status: 200 })
  await remove(`/budgets/${ids.budget}`)
  await remove(`/keys/${ids.key}`)
  await remove(`/members/${ids.member}`)
  await remove(`/projects/${ids.project}`)
  await remove(`/models/${ids.model}`)
  await remove(`/providers/${ids.provider}`)
}

function reRatingOf(id: string): object {
  const span = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }
  return { model_id: id, ...span, input_per_mtok: '9', output_per_mtok: '9' }
}

function inAnHour(): string {
  return new Date(Date.now() + 3_600_000).toISOString()
}

/** All rows of an organization that a call could change. */
async function snapshot(lab: ApiLab): Promise<unknown[]> {
  const tables = [
    'memberships',
    'projects',
    'keys',
    'providers',
    'models',
    'deployments',
    'prices',
    'budgets',
    'budget_raises',
    'alerts',
    'alert_channels',
    'alert_deliveries',
  ]
  const rows = await Promise.all(
    [...tables, 'budget_counters', 'audit_events'].map((table) =>
      asOwner(database, `SELECT to_jsonb(t) AS row FROM ${table} t WHERE organization_id = $1 ORDER BY id`, [
        lab.owner.organizationId,
      ]),
    ),
  )
  return rows.flat()
}
