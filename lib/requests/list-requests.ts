import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { decodeCursor, encodeCursor, isTime } from '../core/cursor.ts'
import { type Page, pageFields } from '../core/page.ts'
import { parseInput } from '../core/parse-input.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTenant } from '../db/in-tenant.ts'
import { requestFilterFields, whereRequests } from './request-filter.ts'
import type { RequestView } from './request-view.ts'
import { selectRequests } from './select-requests.ts'

const schema = z.strictObject({ ...requestFilterFields, ...pageFields })

const firstLookMs = 7 * 86_400_000

export type ListRequestsInput = z.input<typeof schema>

/** The newest first. Who may not read all requests reads those of the own keys. */
export async function listRequests(member: Member, input: ListRequestsInput = {}): Promise<Page<RequestView>> {
  authorize(member, 'requests.read_own')
  const { cursor, limit, ...filter } = parseInput(schema, input)
  const newest = cursor ? new Date(decodeCursor(cursor, isTime)[0]) : (filter.to ?? new Date())
  const lately = new Date(newest.getTime() - firstLookMs)
  const rows = await inTenant(member.organizationId, async (tx) => {
    const select = (from: Date | undefined) =>
      selectRequests(tx, Prisma.sql`${whereRequests(member, { ...filter, from })} AND ${olderThan(cursor)}`, limit + 1)
    // A page that is full of the latest needs no older ones, and planning a look into a hundred days takes longer than all else.
    if (filter.from === undefined || filter.from < lately) {
      const found = await select(lately)
      if (found.length > limit) return found
    }
    return select(filter.from)
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const nextCursor = rows.length > limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null
  return { rows: page, nextCursor }
}

function olderThan(cursor: string | undefined): Prisma.Sql {
  if (!cursor) return Prisma.sql`true`
  const [time, id] = decodeCursor(cursor, isTime)
  // The first condition follows from the second; it is what lets whole days be skipped.
  return Prisma.sql`r.created_at <= ${time}::timestamptz AND (r.created_at, r.id) < (${time}::timestamptz, ${id}::uuid)`
}
