import type { UsageQuery } from '#components/usage/usage-view.ts'
import type { Dimension } from '#lib/usage/usage-dimensions.ts'

/** The filter and the grouping of a query as operations take them. */
export function usageInputOf(query: UsageQuery) {
  return {
    groupBy: [query.group, query.split].filter((name): name is Dimension => name !== 'none'),
    ...(query.key && { keyId: query.key }),
    ...(query.project && { projectId: query.project }),
    ...(query.member && { membershipId: query.member }),
    ...(query.model && { modelId: query.model }),
    ...(query.provider && { providerId: query.provider }),
  }
}
