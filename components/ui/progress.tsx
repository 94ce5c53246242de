import { cn } from './cn.ts'

export interface ProgressProps {
  /** 0 to 1; null while it is not known. */
  ratio: number | null
  /** What is under way. */
  label: string
  className?: string
}

/** Something that ends. For money against a limit, `SpendBar`. */
export function Progress({ ratio, label, className }: ProgressProps) {
  const percent = ratio === null ? null : Math.round(Math.min(1, Math.max(0, ratio)) * 100)
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      className={cn('h-1.5 overflow-hidden rounded-full bg-selected', className)}
    >
      <div
        className={cn(
          'h-full rounded-full bg-accent transition-[width] duration-300',
          percent === null && 'w-1/3 animate-shimmer',
        )}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  )
}
