import type { AskFacts } from '#components/budgets/ask-facts.ts'
import type { AskView } from '#lib/budgets/ask-view.ts'
import { formatUsd } from '#lib/core/money.ts'

export function askFactsOf(ask: AskView): AskFacts {
  return {
    id: ask.id,
    key: { id: ask.keyId, name: ask.keyName },
    projectName: ask.projectName,
    memberName: ask.memberName,
    amountUsd: formatUsd(ask.amountNanos),
    purpose: ask.purpose,
    status: ask.status,
    createdAt: ask.createdAt.toISOString(),
    decidedAt: ask.decidedAt?.toISOString() ?? null,
    decidedBy: ask.decidedBy,
    note: ask.note,
    grantedUsd: ask.grantedNanos === null ? null : formatUsd(ask.grantedNanos),
    until: ask.until?.toISOString() ?? null,
  }
}
