import { describeKey } from '../keys/describe-key.ts'
import { toWire } from './to-wire.ts'

/** A key as its holder may see it, ready for JSON: limits, spend, what is left and when it starts anew. */
export async function describeOwnKey(caller: {
  keyId: string
  organizationId: string
}): Promise<Record<string, unknown>> {
  const view = await describeKey(caller.keyId, caller.organizationId)
  const { id, name, status, projectName, spentNanos, reservedNanos, availableNanos, expiresAt } = view
  const { requestsPerMinute, tokensPerMinute, maxParallel, maxOutputTokens } = view
  const budgets = view.budgets.map(({ id: _, scopeId: __, createdAt: ___, ...budget }) => budget)
  return toWire({
    id,
    name,
    status,
    projectName,
    spentNanos,
    reservedNanos,
    availableNanos,
    budgets,
    requestsPerMinute,
    tokensPerMinute,
    maxParallel,
    maxOutputTokens,
    expiresAt,
  }) as Record<string, unknown>
}
