import { cn } from '../ui/cn.ts'

/** Each bar in its width from the first on: a browser may paint it before it has heard of those that follow. */
const gapPercent = 1.5

const heights = [38, 52, 44, 61, 70, 58, 35, 42, 66, 74, 62, 80, 71, 48, 55, 68, 77, 86, 73, 60]

/** The chart's own height, so that nothing moves when it arrives. */
export function ChartSkeleton({ heightPx = 240, className }: { heightPx?: number; className?: string }) {
  return (
    <div
      aria-hidden="true"
      style={{ height: heightPx }}
      className={cn('flex animate-shimmer items-end border-b pl-12', className)}
    >
      {heights.map((height, index) => (
        <div
          key={`bar-${index + 1}`}
          style={{
            height: `${height}%`,
            width: `${100 / heights.length - gapPercent}%`,
            marginRight: `${gapPercent}%`,
          }}
          className="shrink-0 rounded-t-xs bg-selected"
        />
      ))}
    </div>
  )
}
