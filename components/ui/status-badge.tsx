import { Ban, CircleCheck, CirclePause, CircleSlash, ClockAlert, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cn } from './cn.ts'

export type KeyStatus = 'active' | 'paused' | 'exhausted' | 'expired' | 'revoked'

const look: Record<KeyStatus, { icon: LucideIcon; className: string }> = {
  active: { icon: CircleCheck, className: 'text-positive-text' },
  paused: { icon: CirclePause, className: 'text-muted' },
  exhausted: { icon: CircleSlash, className: 'text-warning-text' },
  expired: { icon: ClockAlert, className: 'text-muted' },
  revoked: { icon: Ban, className: 'text-danger-text' },
}

/** Whether a key can be used, in shape and word and only then in colour. */
export function StatusBadge({ status, className }: { status: KeyStatus; className?: string }) {
  const t = useTranslations('ui.status')
  const { icon: Icon, className: tone } = look[status]
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap align-middle text-sm', tone, className)}>
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      {t(status)}
    </span>
  )
}
