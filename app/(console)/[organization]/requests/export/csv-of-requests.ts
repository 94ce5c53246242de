import type { Member } from '#lib/auth/member.ts'
import { formatUsd } from '#lib/core/money.ts'
import { listRequests } from '#lib/requests/list-requests.ts'
import type { RequestFilter } from '#lib/requests/request-filter.ts'
import type { RequestView } from '#lib/requests/request-view.ts'
import { csvLine } from '../../../csv-line.ts'

const pageRows = 200
/** Tells spreadsheets that it is UTF-8. */
const byteOrderMark = '\uFEFF'

type Cell = string | number | boolean | null

/** The column's name in the management API, so that both can be joined, and its value. */
const columns: [name: string, cell: (request: RequestView) => Cell][] = [
  ['id', (request) => request.id],
  ['created_at', (request) => request.createdAt.toISOString()],
  ['key', (request) => request.keyName],
  ['key_id', (request) => request.keyId],
  ['project', (request) => request.projectName],
  ['member', (request) => request.memberName],
  ['model', (request) => request.model],
  ['provider', (request) => request.providerName],
  ['stream', (request) => request.stream],
  ['status', (request) => request.status],
  ['error_code', (request) => request.errorCode],
  ['input_tokens', (request) => request.inputTokens],
  ['cached_tokens', (request) => request.cachedTokens],
  ['cache_write_tokens', (request) => request.cacheWriteTokens],
  ['output_tokens', (request) => request.outputTokens],
  ['reasoning_tokens', (request) => request.reasoningTokens],
  ['cost_usd', (request) => formatUsd(request.costNanos)],
  ['estimated', (request) => request.estimated],
  ['latency_ms', (request) => request.latencyMs],
  ['first_token_ms', (request) => request.firstTokenMs],
  ['finish_reason', (request) => request.finishReason],
  ['price_id', (request) => request.priceId],
]

export async function* csvOfRequests(member: Member, filter: RequestFilter): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns.map(([name]) => name))
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listRequests>> = await listRequests(member, {
      ...filter,
      limit: pageRows,
      ...(cursor && { cursor }),
    })
    if (page.rows.length > 0) {
      yield page.rows.map((request) => csvLine(columns.map(([, cell]) => cell(request)))).join('')
    }
    cursor = page.nextCursor
  } while (cursor)
}
