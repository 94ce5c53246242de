import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTenant } from '#lib/db/in-tenant.ts'
import { prisma } from '#lib/db/prisma.ts'
import { asOwner } from '../support/as-owner.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { foundLab } from '../support/found-lab.ts'

let database: TestDatabase
let app: pg.Client
/** Every table whose rows belong to an organization, as the database itself names them. */
let tables: string[]

beforeAll(async () => {
  database = await createTestDatabase()
  await foundLab()
  app = new pg.Client({ connectionString: database.appUrl })
  await app.connect()
  const rows = await asOwner<{ name: string }>(
    database,
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
  )
  tables = ['organizations', ...rows.map((row) => row.name)]
})
afterAll(async () => {
  await app?.end()
  await database?.drop()
})

describe('row-level security', () => {
  it('is forced on every tenant table', async () => {
    expect(tables.length).toBeGreaterThan(12)
    const rows = await asOwner<{ relname: string }>(
      database,
      'SELECT relname FROM pg_class WHERE relname = ANY ($1) AND NOT (relrowsecurity AND relforcerowsecurity)',
      [tables],
    )
    expect(rows).toEqual([])
  })

  it('cannot be got round by the role that console and gateway connect as', async () => {
    const { rows } = await app.query(
      'SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user',
    )
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }])
  })

  it('shows no row of any tenant table while no tenant is set', async () => {
    for (const table of tables) {
      const { rows } = await app.query(`SELECT count(*)::int AS count FROM ${table}`)
      expect({ table, rows }).toEqual({ table, rows: [{ count: 0 }] })
    }
  })

  it('lets nothing be written for another tenant', async () => {
    const [ours, theirs] = [await foundLab('Ours'), await foundLab('Theirs')]
    const write = inTenant(ours.organizationId, (tx) =>
      tx.project.create({ data: { id: theirs.organizationId, organizationId: theirs.organizationId, name: 'x' } }),
    )
    await expect(write).rejects.toThrow(/row-level security/)
  })

  it('forgets the tenant with the transaction, also when it fails, on every connection of the pool', async () => {
    const labs = await Promise.all([foundLab('A'), foundLab('B'), foundLab('C')])
    await Promise.all(
      Array.from({ length: 300 }, async (_, index) => {
        const { organizationId } = labs[index % labs.length]!
        if (index % 7 === 0) {
          const failing = inTenant(organizationId, () => Promise.reject(new Error('on purpose')))
          await expect(failing).rejects.toThrow('on purpose')
        } else if (index % 5 === 0) {
          expect(await prisma().organization.findMany()).toEqual([])
        } else {
          const seen = await inTenant(organizationId, (tx) => tx.organization.findMany({ select: { id: true } }))
          expect(seen).toEqual([{ id: organizationId }])
        }
      }),
    )
  })
})
