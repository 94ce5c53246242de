import { type ReactNode, useId } from 'react'
import { cn } from './cn.ts'

export interface SectionProps {
  /** For links to it. */
  id?: string
  title: ReactNode
  description?: ReactNode
  /** On the line of the title: a link, a switch of the view. */
  actions?: ReactNode
  children: ReactNode
  className?: string
}

/** A part of a page: a title and space, no box. */
export function Section({ id: place, title, description, actions, children, className }: SectionProps) {
  const id = useId()
  return (
    <section
      id={place}
      aria-labelledby={id}
      className={cn(
        'grid min-w-0 grid-cols-1 content-start gap-4',
        place && 'max-lg:scroll-mt-24 lg:scroll-mt-20',
        className,
      )}
    >
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="grid min-w-0 gap-0.5">
          <h2 id={id} className="font-semibold text-base">
            {title}
          </h2>
          {description ? <p className="max-w-prose text-muted text-sm">{description}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {children}
    </section>
  )
}
