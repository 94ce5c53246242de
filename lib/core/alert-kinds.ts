/** What people are told of. */
export const alertKinds = [
  'budget_threshold',
  'overrun',
  'provider_blocked',
  'ledger_mismatch',
  'spend_anomaly',
] as const

export type AlertKind = (typeof alertKinds)[number]
