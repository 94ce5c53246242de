import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { roleMay } from '../auth/permissions.ts'
import { decodeCursor, encodeCursor } from '../core/cursor.ts'
import { type Page, pageFields } from '../core/page.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { keySorts } from './key-sorts.ts'
import { type KeyView, keyStatuses } from './key-view.ts'
import { selectKeyIds } from './select-key-ids.ts'
import { selectKeys } from './select-keys.ts'
import { withBudgets } from './with-budgets.ts'

const schema = z.strictObject({
  ...pageFields,
  /** Part of the name of the key, its member or project, or the end of the secret. */
  search: z.string().trim().max(100).optional(),
  status: z.enum(keyStatuses).optional(),
  projectId: z.uuid().optional(),
  membershipId: z.uuid().optional(),
  ids: z.array(z.uuid()).max(200).optional(),
  sort: z.enum(['created', 'name', 'spent', 'last_used']).default('created'),
  direction: z.enum(['asc', 'desc']).default('desc'),
})

export type ListKeysInput = z.input<typeof schema>

/** Who may not read all keys reads the own ones. */
export async function listKeys(member: Member, input: ListKeysInput = {}): Promise<Page<KeyView>> {
  authorize(member, 'keys.read_own')
  const filter = parseInput(schema, input)
  const sort = keySorts[filter.sort]
  const direction = filter.direction === 'asc' ? Prisma.sql`ASC` : Prisma.sql`DESC`
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const where = Prisma.join([...whereOf(filter), ownKeys(member)], ' AND ')
    const orderBy = Prisma.sql`${sort.column} ${direction}, row.id ${direction}`
    const limit = filter.limit + 1
    // Where what is found out about each does not decide which keys are on the page, only theirs are looked at.
    const isOfSpend = filter.sort === 'spent'
    const keyIds =
      filter.status || filter.sort === 'last_used'
        ? null
        : await selectKeyIds(tx, organizationId, { where, having: after(filter), orderBy, limit, isOfSpend })
    const rows = await selectKeys(tx, organizationId, {
      where,
      keyIds,
      having: Prisma.join(
        [after(filter), Prisma.sql`row.status = coalesce(${filter.status ?? null}, row.status)`],
        ' AND ',
      ),
      orderBy,
      limit,
      isByLastUse: filter.sort === 'last_used',
    })
    const page = await withBudgets(tx, organizationId, rows.slice(0, filter.limit))
    const last = page.at(-1)
    const nextCursor = rows.length > page.length && last ? encodeCursor([sort.valueOf(last), last.id]) : null
    return { rows: page, nextCursor }
  })
}

type Filter = z.output<typeof schema>

function whereOf({ search, projectId, membershipId, ids }: Filter): Prisma.Sql[] {
  const pattern = `%${(search ?? '').replace(/[\\%_]/g, '\\$&')}%`
  return [
    search
      ? Prisma.sql`concat_ws(' ', k.name, p.name, u.name, u.email, k.secret_hint) ILIKE ${pattern}`
      : Prisma.sql`true`,
    projectId ? Prisma.sql`k.project_id = ${projectId}::uuid` : Prisma.sql`true`,
    membershipId ? Prisma.sql`k.membership_id = ${membershipId}::uuid` : Prisma.sql`true`,
    ids ? Prisma.sql`k.id = ANY (${ids}::uuid[])` : Prisma.sql`true`,
  ]
}

function ownKeys(member: Member): Prisma.Sql {
  return roleMay(member.role, 'keys.read')
    ? Prisma.sql`true`
    : Prisma.sql`k.membership_id = ${member.membershipId}::uuid`
}

function after({ cursor, sort, direction }: Filter): Prisma.Sql {
  if (!cursor) return Prisma.sql`true`
  const { column, isValue, bound } = keySorts[sort]
  const [value, id] = decodeCursor(cursor, isValue)
  const isPast = direction === 'asc' ? Prisma.sql`>` : Prisma.sql`<`
  return Prisma.sql`(${column}, row.id) ${isPast} (${bound(value)}, ${id}::uuid)`
}
