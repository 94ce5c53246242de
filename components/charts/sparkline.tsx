import { cn } from '../ui/cn.ts'

export interface SparklineProps {
  /** Oldest first. Approximate is fine: nobody reads figures off it. */
  values: readonly number[]
  className?: string
}

const width = 100
const height = 30
const inset = 2

/** The shape of a figure's past, without axes. Decorative: the figure beside it is what is read. */
export function Sparkline({ values, className }: SparklineProps) {
  if (values.length < 2) return null
  const least = Math.min(...values, 0)
  const span = Math.max(...values) - least || 1
  const points = values.map((value, index) => {
    const x = (index / (values.length - 1)) * width
    const y = height - inset - ((value - least) / span) * (height - 2 * inset)
    return `${x.toFixed(2)} ${y.toFixed(2)}`
  })
  const line = `M${points.join('L')}`
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={cn('block h-8 w-24 text-accent', className)}
    >
      <path d={`${line}L${width} ${height}L0 ${height}Z`} fill="currentColor" fillOpacity="0.1" />
      <path
        d={line}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
