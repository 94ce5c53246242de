import type { ReactNode } from 'react'

export interface PageHeaderProps {
  title: ReactNode
  /** After the title: a status. */
  badge?: ReactNode
  description?: ReactNode
  /** At most one primary button. */
  actions?: ReactNode
}

/** The one `h1` of a page. */
export function PageHeader({ title, badge, description, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="grid min-w-0 gap-1">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">{title}</h1>
          {badge}
        </div>
        {description ? <p className="max-w-prose text-muted text-sm">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  )
}
