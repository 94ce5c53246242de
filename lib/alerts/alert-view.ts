import type { AlertKind } from '../core/alert-kinds.ts'
import type { Alert } from '../db/generated/client.ts'
import type { AlertFacts } from './alert-facts.ts'

export interface AlertView {
  id: string
  kind: AlertKind
  budgetId: string | null
  keyId: string | null
  providerId: string | null
  percent: number | null
  facts: AlertFacts
  createdAt: Date
  acknowledgedAt: Date | null
}

export function viewOfAlert(row: Alert): AlertView {
  const { id, kind, budgetId, keyId, providerId, percent, facts, createdAt, acknowledgedAt } = row
  return {
    id,
    kind: kind as AlertKind,
    budgetId,
    keyId,
    providerId,
    percent,
    facts: facts as AlertFacts,
    createdAt,
    acknowledgedAt,
  }
}
