import { cn } from '../ui/cn.ts'

const heights = [38, 52, 44, 61, 70, 58, 35, 42, 66, 74, 62, 80, 71, 48, 55, 68, 77, 86, 73, 60]

/** The chart's own height, so that nothing moves when it arrives. */
export function ChartSkeleton({ heightPx = 240, className }: { heightPx?: number; className?: string }) {
  return (
    <div
      aria-hidden="true"
      style={{ height: heightPx }}
      className={cn('flex animate-shimmer items-end gap-[1.5%] border-b pl-12', className)}
    >
      {heights.map((height, index) => (
        <div key={`bar-${index + 1}`} style={{ height: `${height}%` }} className="flex-1 rounded-t-xs bg-selected" />
      ))}
    </div>
  )
}
