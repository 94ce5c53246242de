import type { RecentRequest } from '#components/keys/recent-request.ts'
import { formatUsd } from '#lib/core/money.ts'
import type { RequestView } from '#lib/requests/request-view.ts'

export function recentRequestOf(request: RequestView, href: string | null): RecentRequest {
  return {
    id: request.id,
    at: request.createdAt.toISOString(),
    model: request.model,
    status: request.status,
    errorCode: request.errorCode,
    inputTokens: request.inputTokens,
    outputTokens: request.outputTokens,
    costUsd: formatUsd(request.costNanos),
    latencyMs: request.latencyMs,
    href,
  }
}
