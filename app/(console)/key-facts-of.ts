import type { KeyFacts } from '#components/keys/key-facts.ts'
import { formatUsd } from '#lib/core/money.ts'
import type { KeyView } from '#lib/keys/key-view.ts'
import { budgetFactsOf } from './budget-facts-of.ts'

export function keyFactsOf(key: KeyView): KeyFacts {
  const { requestsPerMinute, tokensPerMinute, requestsPerDay, maxParallel } = key
  return {
    id: key.id,
    name: key.name,
    hint: key.hint,
    status: key.status,
    pauseReason: key.pauseReason,
    project: { id: key.projectId, name: key.projectName },
    owner: key.memberEmail ? { name: key.memberName ?? key.memberEmail, email: key.memberEmail } : null,
    models: key.models,
    spentUsd: formatUsd(key.spentNanos),
    budgets: key.budgets.map(budgetFactsOf),
    rates: { requestsPerMinute, tokensPerMinute, requestsPerDay, maxParallel },
    maxOutputTokens: key.maxOutputTokens,
    allowedIps: key.allowedIps,
    tags: key.tags,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    previousSecretUntil: key.previousSecretUntil?.toISOString() ?? null,
  }
}
