import { cn } from './cn.ts'

/** Stands where something will be, in its size. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn('animate-shimmer rounded-sm bg-selected', className)} />
}
