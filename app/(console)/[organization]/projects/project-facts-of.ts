import type { ProjectFacts } from '#components/projects/project-facts.ts'
import { formatUsd } from '#lib/core/money.ts'
import type { ProjectView } from '#lib/projects/project-view.ts'
import { budgetFactsOf } from '../../budget-facts-of.ts'

export function projectFactsOf(project: ProjectView): ProjectFacts {
  const { requestsPerMinute, tokensPerMinute, requestsPerDay, maxParallel } = project
  return {
    id: project.id,
    name: project.name,
    models: project.models,
    keyCount: project.keyCount,
    spentUsd: formatUsd(project.spentNanos),
    budgets: project.budgets.map(budgetFactsOf),
    rates: { requestsPerMinute, tokensPerMinute, requestsPerDay, maxParallel },
  }
}
