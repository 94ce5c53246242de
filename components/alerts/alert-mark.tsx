import { ChartSpline, CircleAlert, Gauge, PlugZap, Scale } from 'lucide-react'
import { cn } from '../ui/cn.ts'
import type { AlertFacts, AlertKindName } from './alert-facts.ts'

const iconOf: Record<AlertKindName, typeof Gauge> = {
  budget_threshold: Gauge,
  overrun: CircleAlert,
  provider_blocked: PlugZap,
  ledger_mismatch: Scale,
  spend_anomaly: ChartSpline,
}

/** Its kind in shape, how bad it is in colour; the words stand beside it. */
export function AlertMark({ alert }: { alert: Pick<AlertFacts, 'kind' | 'percent' | 'isOpen'> }) {
  const Icon = iconOf[alert.kind]
  return (
    <Icon aria-hidden="true" className={cn('mt-0.5 size-4 shrink-0', alert.isOpen ? toneOf(alert) : 'text-faint')} />
  )
}

function toneOf({ kind, percent }: Pick<AlertFacts, 'kind' | 'percent'>): string {
  if (kind === 'spend_anomaly') return 'text-warning-text'
  if (kind !== 'budget_threshold' || (percent ?? 0) >= 100) return 'text-danger-text'
  return (percent ?? 0) >= 80 ? 'text-warning-text' : 'text-muted'
}
