import type { ReactNode } from 'react'
import { cn } from './cn.ts'

export interface EmptyStateProps {
  /** An icon element. */
  icon?: ReactNode
  title: ReactNode
  /** `h1` when it is all that the page says. */
  titleAs?: 'h1' | 'h2' | 'p'
  /** One sentence: why it is empty, or what will be here. */
  description?: ReactNode
  /** The next step. */
  action?: ReactNode
  /** `compact` inside a section; `page` when it is all there is. */
  size?: 'compact' | 'page'
  className?: string
}

/** Also the face of errors and refusals: icon, title, sentence, action. */
export function EmptyState({
  icon,
  title,
  description,
  action,
  titleAs: Title = 'p',
  size = 'page',
  className,
}: EmptyStateProps) {
  const page = size === 'page'
  return (
    <div className={cn('grid justify-items-center gap-4 text-center', page ? 'px-4 py-16' : 'px-4 py-8', className)}>
      {icon ? <div className="text-faint [&_svg]:size-6 [&_svg]:stroke-[1.5]">{icon}</div> : null}
      <div className="grid max-w-sm justify-items-center gap-1">
        <Title className={cn('font-medium', page ? 'text-base' : 'text-sm')}>{title}</Title>
        {description ? <div className="text-pretty text-muted text-sm">{description}</div> : null}
      </div>
      {action ? <div className="flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}
