import { Ban, CircleCheck, CirclePause, CircleSlash, FlaskConical, type LucideIcon, Timer, Unplug } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cn } from '../ui/cn.ts'
import { Time } from '../ui/time.tsx'
import type { HealthFacts, HealthState as State } from './routing-facts.ts'

const look: Record<State, { icon: LucideIcon; className: string }> = {
  ok: { icon: CircleCheck, className: 'text-positive-text' },
  cooling: { icon: Timer, className: 'text-warning-text' },
  open: { icon: Unplug, className: 'text-danger-text' },
  half_open: { icon: FlaskConical, className: 'text-warning-text' },
  out_of_credit: { icon: CircleSlash, className: 'text-danger-text' },
  refused: { icon: Ban, className: 'text-danger-text' },
  disabled: { icon: CirclePause, className: 'text-muted' },
}

const reasons = ['slow', 'lost', 'unreachable', 'rate_limit', 'model_missing'] as const

/** How a deployment fares and why, in shape and word and only then in colour. */
export function HealthState({ health }: { health: Pick<HealthFacts, 'state' | 'reason' | 'until'> }) {
  const t = useTranslations('routing')
  const { icon: Icon, className } = look[health.state]
  const reason = reasons.find((known) => known === health.reason)
  const status = health.reason?.startsWith('status_') ? health.reason.slice('status_'.length) : null
  return (
    <span className="grid gap-0.5">
      <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
        <Icon aria-hidden="true" className="size-3.5 shrink-0" />
        {t(`state.${health.state}`)}
      </span>
      {health.state !== 'ok' && (reason || status || health.until) ? (
        <span className="text-muted text-xs">
          {reason ? t(`reason.${reason}`) : status ? t('reason.status', { status }) : null}
          {health.until ? (
            <>
              {reason || status ? ' · ' : null}
              {t('triedAgain')} <Time at={health.until} />
            </>
          ) : null}
        </span>
      ) : null}
    </span>
  )
}
