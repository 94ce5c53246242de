import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn.ts'

type CalloutTone = 'accent' | 'positive' | 'warning' | 'danger'

const look: Record<CalloutTone, { icon: LucideIcon; box: string; mark: string }> = {
  accent: { icon: Info, box: 'bg-accent-soft', mark: 'text-accent-text' },
  positive: { icon: CircleCheck, box: 'bg-positive-soft', mark: 'text-positive-text' },
  warning: { icon: TriangleAlert, box: 'bg-warning-soft', mark: 'text-warning-text' },
  danger: { icon: CircleAlert, box: 'bg-danger-soft', mark: 'text-danger-text' },
}

export interface CalloutProps {
  tone?: CalloutTone
  /** `alert` for what comes while somebody waits; dangers are one always. */
  role?: 'alert' | 'note'
  title?: ReactNode
  children?: ReactNode
  /** A small button or link at the end. */
  action?: ReactNode
  className?: string
}

/** Something to know before going on, in the place where it matters. */
export function Callout({
  tone = 'accent',
  role = tone === 'danger' ? 'alert' : 'note',
  title,
  children,
  action,
  className,
}: CalloutProps) {
  const { icon: Icon, box, mark } = look[tone]
  return (
    <div
      role={role}
      className={cn('flex flex-wrap items-start gap-x-2.5 gap-y-2 rounded-lg px-3 py-2.5 text-sm', box, className)}
    >
      <Icon aria-hidden="true" className={cn('mt-[0.18em] size-4 shrink-0', mark)} />
      <div className="grid min-w-40 flex-1 gap-0.5">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className={cn(title ? 'text-muted' : 'text-foreground')}>{children}</div> : null}
      </div>
      {action}
    </div>
  )
}
