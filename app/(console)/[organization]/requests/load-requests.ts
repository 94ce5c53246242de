import type { RequestFacts } from '#components/requests/request-facts.ts'
import type { Member } from '#lib/auth/member.ts'
import { StipendError } from '#lib/core/errors.ts'
import { getRequest } from '#lib/requests/get-request.ts'
import { listRequests } from '#lib/requests/list-requests.ts'
import type { RequestFilter } from '#lib/requests/request-filter.ts'
import type { RequestView } from '#lib/requests/request-view.ts'
import { factsOfRequests } from './facts-of-requests.ts'
import type { SearchParams } from './read-filter.ts'

const pageRows = 50

interface LoadedRequests {
  requests: RequestFacts[]
  nextCursor: string | null
  /** The request that the URL names, where it is not on this page. */
  linked: RequestFacts | null
  /** The URL's cursor is not one that a list gave out. */
  cursorFailed: boolean
  /** There has never been a request, whatever the filter. */
  isFirstUse: boolean
}

export async function loadRequests(
  member: Member,
  filter: RequestFilter,
  { cursor, request: linkedId }: SearchParams,
): Promise<LoadedRequests> {
  const page = await listRequests(member, {
    ...filter,
    limit: pageRows,
    ...(typeof cursor === 'string' && { cursor }),
  }).catch(asBadCursor)
  const rows = page?.rows ?? []
  const linked =
    typeof linkedId === 'string' && !rows.some(({ id }) => id === linkedId) ? await findRequest(member, linkedId) : null
  const facts = await factsOfRequests(member, [...rows, ...(linked ? [linked] : [])])
  return {
    requests: facts.slice(0, rows.length),
    nextCursor: page?.nextCursor ?? null,
    linked: facts[rows.length] ?? null,
    cursorFailed: page === null,
    isFirstUse: page?.rows.length === 0 && (await listRequests(member, { limit: 1 })).rows.length === 0,
  }
}

function asBadCursor(error: unknown): null {
  if (error instanceof StipendError && error.param === 'cursor') return null
  throw error
}

async function findRequest(member: Member, id: string): Promise<RequestView | null> {
  try {
    return await getRequest(member, id)
  } catch (error) {
    if (error instanceof StipendError && error.code === 'not_found') return null
    throw error
  }
}
