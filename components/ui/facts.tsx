import type { ReactNode } from 'react'
import { cn } from './cn.ts'

export interface Fact {
  label: string
  value: ReactNode
}

/** What is known about one thing, as a description list. */
export function Facts({ facts, className }: { facts: readonly Fact[]; className?: string }) {
  return (
    <dl className={cn('grid gap-y-2.5 text-sm', className)}>
      {facts.map((fact) => (
        <div key={fact.label} className="grid grid-cols-[minmax(6rem,10rem)_minmax(0,1fr)] gap-4">
          <dt className="text-muted">{fact.label}</dt>
          <dd className="min-w-0 break-words tabular-nums">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
