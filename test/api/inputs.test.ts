import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { routeTable } from '#lib/api/route-table.ts'
import { newId } from '#lib/core/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type ApiLab, openApiLab } from '../support/open-api-lab.ts'

let database: TestDatabase
let lab: ApiLab
let projectId: string

beforeAll(async () => {
  database = await createTestDatabase()
  lab = await openApiLab()
  projectId = (await lab.call('POST', '/projects', { name: 'p' })).body.id
})
afterAll(() => database?.drop())

const named = routeTable.map((route) => ({ ...route, here: route.path.replace('{id}', newId()) }))
const reading = named.filter(({ method }) => method === 'GET')
const withBody = named.flatMap((route) => (route.body ? [{ ...route, fields: fieldsOf(route.body) }] : []))
const withIds = reading.flatMap((route) =>
  fieldsOf(route.query).flatMap((name) => (name.endsWith('_id') ? [{ ...route, name }] : [])),
)

function fieldsOf(schema: z.ZodType): string[] {
  return Object.keys((schema as z.ZodObject).shape)
}

describe('what a call takes', () => {
  it.each(named.filter(({ method }) => method !== 'GET'))(
    '$method $path: no field that it does not know',
    async ({ method, here }) => {
      for (const field of ['organization_id', 'organizationId', 'role_', '__proto__', 'constructor']) {
        const answer = await lab.call(method, here, `{"${field}":"${newId()}"}`)
        expect({ field, status: answer.status }).toEqual({ field, status: 400 })
        expect(answer.body.error.code).toBe('invalid_request_error')
      }
    },
  )

  it.each(withBody)('$method $path: no field of another kind', async ({ method, here, fields }) => {
    for (const field of fields) {
      const answer = await lab.call(method, here, { [field]: { $ne: 1 } })
      expect({ field, status: answer.status }).toEqual({ field, status: 400 })
    }
  })

  it.each(reading)('$method $path: no parameter that it does not know', async ({ here }) => {
    expect(await lab.call('GET', `${here}?organization_id=${newId()}`)).toMatchObject({
      status: 400,
      body: { error: { param: 'organization_id' } },
    })
  })

  it.each(withIds)('$method $path?$name: nothing but an id', async ({ here, name }) => {
    const { status, body } = await lab.call('GET', `${here}?${name}=x'--`)
    if (status === 200) expect(body.data).toEqual([])
    else expect({ status, param: body.error.param }).toEqual({ status: 400, param: name })
  })
})

describe('an amount', () => {
  const makeKey = (limit_usd: unknown) =>
    lab.call('POST', '/keys', { name: 'k', project_id: projectId, budgets: [{ limit_usd, period: 'total' }] })

  it.each([
    ['0', '0'],
    ['5', '5'],
    ['5.00', '5'],
    ['0.000000001', '0.000000001'],
    ['123456789.123456789', '123456789.123456789'],
    [0.1, '0.1'],
    [12.5, '12.5'],
    [100, '100'],
  ])('%j comes back as %j', async (sent, answered) => {
    const { status, body } = await makeKey(sent)
    expect(status).toBe(201)
    expect(body.budgets[0].limit_usd).toBe(answered)
    expect(body.available_usd).toBe(answered)
  })

  it.each([
    '-1',
    '1e3',
    '0x10',
    '1,000',
    '$5',
    '',
    'NaN',
    'Infinity',
    '0.0000000001',
    '9999999999',
    -5,
    1e-10,
    1e21,
    null,
    true,
    [],
    {},
  ])('%j is refused', async (sent) => {
    expect(await makeKey(sent)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request_error', param: 'budgets.0.limit_usd' } },
    })
  })
})

describe('a key', () => {
  const makeKey = (fields: object) =>
    lab.call('POST', '/keys', { name: 'k', project_id: projectId, budgets: null, ...fields })

  it.each([
    ['member_email', { member_email: 'nobody@example.com' }],
    ['models.0', { models: ['no-such-model'] }],
    ['budgets', { budgets: undefined }],
    ['budgets.0.period', { budgets: [{ limit_usd: '1', period: 'year' }] }],
    ['name', { name: ' ' }],
    ['name', { name: 'two\nlines' }],
    ['rpm', { rpm: 0 }],
    ['tpm', { tpm: 1.5 }],
    ['max_parallel', { max_parallel: -1 }],
    ['expires_at', { expires_at: 'tomorrow' }],
    ['expires_at', { expires_at: '2001-01-01T00:00:00Z' }],
    ['allowed_ips.0', { allowed_ips: ['here'] }],
    ['tags.0', { tags: ['a b'] }],
  ])('says that %s is wrong', async (param, fields) => {
    expect(await makeKey(fields)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request_error', param, message: expect.stringMatching(/\.$/) } },
    })
  })

  it('takes all that there is to take', async () => {
    const fields = {
      models: null,
      rpm: 60,
      tpm: 100_000,
      max_parallel: 4,
      max_output_tokens: 2048,
      allowed_ips: ['10.0.0.0/8', '2001:db8::/32', '1.2.3.4'],
      tags: ['course-101', '课程'],
      expires_at: '2030-01-01T08:00:00+08:00',
    }
    const { status, body } = await makeKey(fields)
    expect(status).toBe(201)
    expect(body).toMatchObject({ ...fields, expires_at: '2030-01-01T00:00:00.000Z' })
  })
})
