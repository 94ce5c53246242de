import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createManagementKey } from '#lib/management-keys/create-management-key.ts'
import { revokeManagementKey } from '#lib/management-keys/revoke-management-key.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type ApiLab, callApi, openApiLab } from '../support/open-api-lab.ts'

let database: TestDatabase
let lab: ApiLab

beforeAll(async () => {
  database = await createTestDatabase()
  lab = await openApiLab()
})
afterAll(() => database?.drop())

const secretOfVendor = 'sk-canary-0123456789-do-not-show'

describe('setting up a lab', () => {
  it('goes from provider to key in four calls', async () => {
    const provider = await lab.call('POST', '/providers', { name: 'OpenAI', vendor: 'openai', api_key: secretOfVendor })
    expect(provider).toMatchObject({
      status: 201,
      body: { vendor: 'openai', base_url: 'https://api.openai.com/v1', credential_hint: 'show', rpm: null },
    })
    const model = await lab.call('POST', '/models', {
      name: 'gpt-4o',
      deployments: [{ provider_id: provider.body.id, upstream_model: 'gpt-4o' }],
    })
    expect(model).toMatchObject({
      status: 201,
      body: {
        priced: true,
        context_tokens: 128_000,
        deployments: [{ price: { source: 'catalogue', input_per_mtok: '2.5', output_per_mtok: '10' } }],
      },
    })
    const project = await lab.call('POST', '/projects', {
      name: 'core R&D',
      models: ['gpt-4o'],
      budgets: [{ limit_usd: '1000.000000001', period: 'month' }],
    })
    expect(project).toMatchObject({
      status: 201,
      body: { budgets: [{ scope: 'project', limit_usd: '1000.000000001' }] },
    })
    const key = await lab.call('POST', '/keys', {
      name: 'ada',
      project_id: project.body.id,
      models: null,
      budgets: [{ limit_usd: 5, period: 'total' }],
      rpm: 60,
    })
    expect(key).toMatchObject({
      status: 201,
      body: {
        key: expect.stringMatching(/^sk-stp-[0-9A-Za-z]{49}$/),
        status: 'active',
        rpm: 60,
        spent_usd: '0',
        reserved_usd: '0',
        available_usd: '5',
        budgets: [
          { scope: 'key', period: 'total', limit_usd: '5', resets_at: null },
          { scope: 'project', period: 'month', resets_at: expect.stringMatching(/-01T00:00:00.000Z$/) },
        ],
      },
    })
    const read = await lab.call('GET', `/keys/${key.body.id}`)
    expect(read.status).toBe(200)
    expect(JSON.stringify(read.body)).not.toContain('sk-stp-')
  })

  it('never shows a vendor credential, not even in the audit log', async () => {
    const texts = await Promise.all(
      ['/providers', '/models', '/keys', '/audit?limit=200'].map(async (path) =>
        JSON.stringify((await lab.call('GET', path)).body),
      ),
    )
    expect(texts[3]).toContain('provider.create')
    expect(texts.join()).not.toContain(secretOfVendor)
    expect(texts.join()).not.toMatch(/[sm]k-stp-/)
  })

  it('writes who did it, and amounts in USD', async () => {
    const { body } = await lab.call('GET', '/audit?action=project.create')
    expect(body.data).toMatchObject([
      {
        actor: 'management_key:tests',
        target: 'core R&D',
        after: { spent_usd: '0', budgets: [{ limit_usd: '1000.000000001' }] },
      },
    ])
  })
})

describe('the frame of every answer', () => {
  it('carries a request id and is not kept by caches', async () => {
    const { headers } = await lab.call('GET', '/keys')
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    ['no key', null, 401, 'invalid_api_key'],
    ['an unknown key', 'mk-stp-aaaaaaaaaaaaaaaaaaaaaaaaa', 401, 'invalid_api_key'],
    ['a key of no shape', 'mk-stp-', 401, 'invalid_api_key'],
    ['a key for models', 'sk-stp-aaaaaaaaaaaaaaaaaaaaaaaaa', 401, 'invalid_api_key'],
  ])('refuses %s', async (_, secret, status, code) => {
    const answer = await callApi(secret, 'GET', '/keys')
    expect(answer).toMatchObject({ status, body: { error: { code, param: null } } })
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  it('answers an unknown path and a wrong method in JSON', async () => {
    expect(await lab.call('GET', '/nothing')).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
    expect(await lab.call('GET', '')).toMatchObject({ status: 404 })
    const wrong = await lab.call('PUT', '/keys')
    expect(wrong).toMatchObject({ status: 405, body: { error: { code: 'method_not_allowed' } } })
    expect(wrong.headers.get('allow')).toBe('GET, POST')
  })

  it('refuses a body that is no JSON, not said to be, or too long', async () => {
    const post = (body: string, type = 'application/json') =>
      callApi(lab.secret, 'POST', '/projects', body, { 'content-type': type })
    expect(await post('{')).toMatchObject({ status: 400, body: { error: { code: 'invalid_request_error' } } })
    expect(await post('{"name":"x"}', 'text/plain')).toMatchObject({ status: 400 })
    expect(await post('[]')).toMatchObject({ status: 400 })
    expect(await post('null')).toMatchObject({ status: 400 })
    expect(await post(`{"name":"${'x'.repeat(1_000_001)}"}`)).toMatchObject({
      status: 413,
      body: { error: { code: 'request_too_large' } },
    })
  })

  it('keeps a role to what it may', async () => {
    const viewer = await createManagementKey(lab.owner, { name: 'viewer', role: 'viewer' })
    expect(await callApi(viewer.secret, 'GET', '/projects')).toMatchObject({ status: 200 })
    expect(await callApi(viewer.secret, 'POST', '/projects', { name: 'mine' })).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden' } },
    })
  })

  it('forgets a management key at once when it is revoked', async () => {
    const { id, secret } = await createManagementKey(lab.owner, { name: 'short', role: 'admin' })
    expect(await callApi(secret, 'GET', '/keys')).toMatchObject({ status: 200 })
    await revokeManagementKey(lab.owner, id)
    expect(await callApi(secret, 'GET', '/keys')).toMatchObject({ status: 401 })
  })
})

describe('lists', () => {
  it('come in pages that together hold each row once', async () => {
    for (let index = 0; index < 5; index++) await lab.call('POST', '/projects', { name: `page ${index}` })
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await lab.call('GET', `/projects?limit=2&cursor=${cursor}`)
      expect(body.data.length).toBeLessThanOrEqual(2)
      seen.push(...body.data.map((row: { id: string }) => row.id))
      cursor = body.next_cursor ?? ''
    } while (cursor)
    expect(seen.length).toBe(6)
    expect(new Set(seen).size).toBe(6)
  })

  it.each(['/keys', '/projects', '/requests', '/audit'])('of %s refuse a cursor that nobody gave out', async (path) => {
    const forged = Buffer.from(JSON.stringify(['x', 'y'])).toString('base64url')
    for (const cursor of ['nonsense', forged]) {
      expect(await lab.call('GET', `${path}?cursor=${cursor}`)).toMatchObject({
        status: 400,
        body: { error: { param: 'cursor' } },
      })
    }
  })

  it('refuse a page size of 0 and parameters that they do not know or that come twice', async () => {
    expect(await lab.call('GET', '/keys?limit=0')).toMatchObject({ status: 400, body: { error: { param: 'limit' } } })
    expect(await lab.call('GET', '/keys?colour=red')).toMatchObject({ body: { error: { param: 'colour' } } })
    expect(await lab.call('GET', '/keys?limit=1&limit=2')).toMatchObject({ body: { error: { param: 'limit' } } })
    expect(await lab.call('GET', '/requests?key_id=&model=&status=&from=&to=&cursor=')).toMatchObject({ status: 200 })
  })
})
