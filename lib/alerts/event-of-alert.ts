import type { Alert } from '../db/generated/client.ts'

/** An alert as a program reads it from a webhook; names as in the management API. */
export function eventOfAlert(alert: Alert, link: string | null): object {
  const facts = Object.entries(alert.facts as Record<string, unknown>).map(([name, value]) => [snake(name), value])
  return {
    id: alert.id,
    type: `alert.${alert.kind}`,
    created_at: alert.createdAt.toISOString(),
    data: {
      budget_id: alert.budgetId,
      key_id: alert.keyId,
      provider_id: alert.providerId,
      ...Object.fromEntries(facts),
      url: link,
    },
  }
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
