import { CircleCheck, CircleDashed, CirclePause } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { HealthState } from '../routing/health-state.tsx'
import { cn } from '../ui/cn.ts'
import type { ProviderFacts } from './provider-facts.ts'

const look = {
  active: { icon: CircleCheck, className: 'text-positive-text' },
  disabled: { icon: CirclePause, className: 'text-muted' },
  idle: { icon: CircleDashed, className: 'text-muted' },
}

/** Whether it takes calls, in shape and word and only then in colour. */
export function ProviderState({ provider }: { provider: ProviderFacts }) {
  const t = useTranslations('providers.state')
  // A key that the vendor refuses is what people must see first.
  if (!provider.disabledAt && provider.health.state !== 'ok') return <HealthState health={provider.health} />
  const state = provider.disabledAt ? 'disabled' : provider.models.length === 0 ? 'idle' : 'active'
  const { icon: Icon, className } = look[state]
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      {t(state)}
    </span>
  )
}
