import { cn } from '../ui/cn.ts'

/** A coin cut in two and shared out; the halves make an S. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn('size-6 shrink-0', className)}>
      <path d="M1.5 11.4a8.25 8.25 0 0 1 16.5 0Z" className="fill-accent" />
      <path d="M6 12.6a8.25 8.25 0 0 0 16.5 0Z" className="fill-foreground" />
    </svg>
  )
}

/** The mark and the name. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 font-semibold text-base tracking-tight', className)}>
      <Logo />
      <span lang="en">Stipend</span>
    </span>
  )
}
