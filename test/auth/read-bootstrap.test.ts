import { expect, it } from 'vitest'
import { readEnvironment } from '#lib/environment.ts'
import { readBootstrap } from '#lib/setup/read-bootstrap.ts'

const base = { DATABASE_URL: 'postgresql://localhost/stipend', STIPEND_SECRET: 'x'.repeat(32) }

it('asks for nothing when nothing is set', () => {
  expect(readBootstrap(readEnvironment(base))).toBeNull()
})

it('takes organization and owner, and the rest if it is there', () => {
  const set = { STIPEND_BOOTSTRAP_ORGANIZATION: 'Acme', STIPEND_BOOTSTRAP_EMAIL: 'Ops@Example.com' }
  expect(readBootstrap(readEnvironment({ ...base, ...set }))).toEqual({
    organization: 'Acme',
    email: 'ops@example.com',
    password: null,
    managementKey: null,
  })
})

it.each([
  [{ STIPEND_BOOTSTRAP_ORGANIZATION: 'Acme' }, /STIPEND_BOOTSTRAP_EMAIL is required/],
  [{ STIPEND_BOOTSTRAP_EMAIL: 'ops@example.com' }, /STIPEND_BOOTSTRAP_ORGANIZATION is required/],
  [{ STIPEND_BOOTSTRAP_MANAGEMENT_KEY: `mk-stp-${'a'.repeat(20)}` }, /STIPEND_BOOTSTRAP_ORGANIZATION is required/],
])('refuses half of it: %j', (set, message) => {
  expect(() => readBootstrap(readEnvironment({ ...base, ...set }))).toThrow(message)
})
