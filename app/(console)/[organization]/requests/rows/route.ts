import { currentMember } from '#lib/auth/current-member.ts'
import { listEndedRequests } from '#lib/requests/list-ended-requests.ts'
import { listRequests } from '#lib/requests/list-requests.ts'
import { jsonAnswer } from '../../../json-answer.ts'
import { factsOfRequests } from '../facts-of-requests.ts'
import { readFilter } from '../read-filter.ts'
import { totalsOfRequests } from '../totals-of-requests.ts'

const newestRows = 50
const olderRows = 200

/**
 * Rows of the list, by the same filter as the page: those after `cursor`; those of `ids`, and else the newest, with the
 * totals of the filter.
 */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params
  const member = await currentMember(organization)
  const search = Object.fromEntries(new URL(request.url).searchParams)
  const { cursor, ids } = search
  const filter = readFilter(search)
  return jsonAnswer(async () => {
    if (cursor) {
      const { rows, nextCursor } = await listRequests(member, { ...filter, cursor, limit: olderRows })
      return { rows: await factsOfRequests(member, rows), nextCursor }
    }
    const [page, totals] = await Promise.all([
      ids === undefined
        ? listRequests(member, { ...filter, limit: newestRows })
        : listEndedRequests(member, { ...filter, ids: ids.split(',') }).then((rows) => ({ rows, nextCursor: null })),
      totalsOfRequests(member, filter),
    ])
    return { ...page, rows: await factsOfRequests(member, page.rows), totals }
  })
}
