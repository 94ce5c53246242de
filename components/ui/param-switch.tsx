'use client'

import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { cn } from './cn.ts'

export interface ParamSwitchProps {
  /** The search parameter that it sets. */
  param: string
  options: readonly { value: string; label: string }[]
  /** What holds when the URL says nothing. */
  fallback: string
  /** Names the group for screen readers. */
  label: string
  className?: string
}

/** A choice that lives in the URL. Changing it forgets the cursor, which belonged to the old list. */
export function ParamSwitch({ param, options, fallback, label, className }: ParamSwitchProps) {
  const pathname = usePathname()
  const search = useSearchParams()
  const asked = search.get(param)
  const current = options.some((option) => option.value === asked) ? asked : fallback
  const hrefOf = (value: string) => {
    const next = new URLSearchParams(search)
    next.delete('cursor')
    next.set(param, value)
    return `${pathname}?${next}`
  }
  return (
    <nav
      aria-label={label}
      className={cn(
        'quiet-scroll inline-flex w-fit max-w-full overflow-x-auto rounded-md bg-selected p-0.5 dark:bg-sunken',
        className,
      )}
    >
      {options.map((option) => (
        <Link
          key={option.value}
          href={hrefOf(option.value)}
          replace
          scroll={false}
          aria-current={option.value === current ? 'true' : undefined}
          className="flex h-7 shrink-0 items-center whitespace-nowrap rounded-[5px] px-2.5 text-muted text-xs transition-colors hover:text-foreground focus-visible:-outline-offset-2 aria-[current]:bg-background aria-[current]:font-medium aria-[current]:text-foreground aria-[current]:shadow-control pointer-coarse:h-8 dark:aria-[current]:bg-selected"
        >
          {option.label}
        </Link>
      ))}
    </nav>
  )
}
