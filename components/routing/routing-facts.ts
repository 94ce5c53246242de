import type { ActionResult } from '../action-result.ts'
import type { Patience } from './patience.ts'

export type HealthState = 'ok' | 'cooling' | 'open' | 'half_open' | 'out_of_credit' | 'refused' | 'disabled'

export interface HealthFacts {
  state: HealthState
  /** A stable word: "slow", "rate_limit", "status_401" …; null: nothing is wrong. */
  reason: string | null
  /** ISO 8601: when it is tried again by itself. */
  until: string | null
  firstTokenMs: number | null
  /** Between 0 and 1. */
  errorRate: number | null
  inFlight: number | null
}

export interface RoutedDeployment {
  id: string
  providerId: string
  providerName: string
  upstreamModel: string
  weight: number
  health: HealthFacts
}

export interface RouteFacts {
  id: string
  name: string
  href: string
  /** Each tier is tried when those before it fail. */
  tiers: RoutedDeployment[][]
  fallbacks: Record<FallbackKind, string[]>
  patience: Patience
}

export const fallbackKinds = ['fallbacks', 'contextFallbacks', 'contentFallbacks'] as const

export type FallbackKind = (typeof fallbackKinds)[number]

export interface RoutingActions {
  order: (modelId: string, tiers: string[][]) => Promise<ActionResult<null>>
  setFallbacks: (modelId: string, kind: FallbackKind, names: string[]) => Promise<ActionResult<null>>
  changePatience: (modelId: string, patience: Patience) => Promise<ActionResult<null>>
  putBack: (id: string) => Promise<ActionResult<null>>
  test: (providerId: string) => Promise<ActionResult<{ ok: boolean; latencyMs: number; problem: string | null }>>
}
