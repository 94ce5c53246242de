import type { PreviewFacts, ShareFacts } from '#components/re-ratings/re-rating-facts.ts'
import { formatUsd } from '#lib/core/money.ts'
import type { ReRatingPreview, ReRatingShare } from '#lib/prices/re-rating-view.ts'

export function previewFactsOf(preview: ReRatingPreview, { from, to }: { from: Date; to: Date }): PreviewFacts {
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    requests: preview.requests,
    leftAlone: preview.leftAlone,
    ...amountsOf(preview),
    keys: preview.keys.map(shareOf),
    projects: preview.projects.map(shareOf),
    usedUp: preview.budgets
      .filter(({ goesOver }) => goesOver)
      .map(({ budgetId, scope, scopeName, period, limitNanos, newSpentNanos }) => ({
        id: budgetId,
        scope,
        scopeName,
        period,
        limitUsd: formatUsd(limitNanos),
        newSpentUsd: formatUsd(newSpentNanos),
      })),
  }
}

function shareOf(share: ReRatingShare): ShareFacts {
  return { id: share.id, name: share.name, requests: share.requests, ...amountsOf(share) }
}

function amountsOf({ oldNanos, newNanos }: { oldNanos: bigint; newNanos: bigint }) {
  return { oldUsd: formatUsd(oldNanos), newUsd: formatUsd(newNanos), differenceUsd: formatUsd(newNanos - oldNanos) }
}
