import Link from 'next/link'
import { Money } from '../money.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

export interface BarListItem {
  id: string
  label: string
  usd: string
  /** Second, quiet part of the label: the project of a key. */
  detail?: string
  href?: string
}

export interface BarListProps {
  /** Largest first; the first sets the scale. */
  items: readonly BarListItem[]
  /** Shown when there are none. */
  empty: string
  label: string
}

/** The top few, by spend. */
export function BarList({ items, empty, label }: BarListProps) {
  if (items.length === 0) return <EmptyState size="compact" title={empty} />
  const most = Math.max(...items.map((item) => Number(item.usd)))
  return (
    <ol aria-label={label} className="grid grid-cols-1 gap-1">
      {items.map((item) => (
        <li key={item.id} className="relative flex h-8 items-center justify-between gap-4 px-2 text-sm">
          <span
            aria-hidden="true"
            className="absolute inset-y-0 left-0 -z-0 min-w-0.5 rounded-sm bg-accent-soft"
            style={{ width: `${most > 0 ? (Number(item.usd) / most) * 100 : 0}%` }}
          />
          <span className="relative flex min-w-0 items-baseline gap-2">
            {item.href ? (
              <Link href={item.href} className="truncate rounded-sm underline-offset-4 hover:underline">
                {item.label}
              </Link>
            ) : (
              <span className="truncate">{item.label}</span>
            )}
            {item.detail ? <span className="truncate text-muted text-xs max-sm:hidden">{item.detail}</span> : null}
          </span>
          <Money usd={item.usd} className="relative font-medium" />
        </li>
      ))}
    </ol>
  )
}
