'use client'

import { useFormatter } from 'next-intl'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { displayUsd } from '../display-usd.ts'
import { axisLabel, type Unit } from '../figure.tsx'
import { cn } from '../ui/cn.ts'
import { bucketLabel } from './bucket-label.ts'
import { niceTicks } from './nice-ticks.ts'
import { percent } from './percent.ts'
import { seriesColor } from './series-color.ts'
import { SpendChartTooltip } from './spend-chart-tooltip.tsx'
import type { BucketInterval, SpendBucket, SpendSeries } from './spend-series.ts'
import { sumAmounts } from './sum-amounts.ts'
import { TimeAxis } from './time-axis.tsx'

export interface SpendChartPlotProps {
  series: readonly SpendSeries[]
  hidden: ReadonlySet<string>
  buckets: readonly SpendBucket[]
  interval: BucketInterval
  unit: Unit
  label: string
}

/**
 * The drawing itself, as high as what it is in. Boxes in percent, so that the server can draw it without knowing how
 * wide it will be: it is there with the page, and nothing moves when the page comes alive.
 */
export function SpendChartPlot({ series, hidden, buckets, interval, unit, label }: SpendChartPlotProps) {
  const format = useFormatter()
  const [at, setAt] = useState<number | null>(null)
  const shown = series
    .map(({ id }, index) => ({ id, color: seriesColor(series, index) }))
    .filter(({ id }) => !hidden.has(id))
  const heights = buckets.map(({ amounts }) => shown.reduce((sum, { id }) => sum + Number(amounts[id] ?? 0), 0))
  const compared = buckets.some(({ previous }) => previous !== undefined)
  const befores = compared ? buckets.map(({ previous }) => Number(previous ?? 0)) : []
  const ticks = niceTicks(Math.max(0, ...heights, ...befores), unit === 'count')
  const top = ticks.at(-1) || 1
  const last = buckets.length - 1
  const point = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    setAt(Math.min(last, Math.max(0, Math.floor(((event.clientX - left) / width) * buckets.length))))
  }
  const step = (event: KeyboardEvent) => {
    const next = { ArrowLeft: (at ?? last + 1) - 1, ArrowRight: (at ?? last - 1) + 1, Home: 0, End: last }[event.key]
    if (event.key === 'Escape') setAt(null)
    if (next === undefined) return
    event.preventDefault()
    setAt(Math.min(last, Math.max(0, next)))
  }
  const looked = at === null ? undefined : buckets[at]
  const read = buckets[at ?? last]
  const readAmount = sumAmounts(
    shown.map(({ id }) => read?.amounts[id] ?? '0'),
    unit,
  )
  return (
    <div className="@container h-full">
      <div className="grid h-full grid-cols-[auto_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_1.75rem] pt-2 text-[0.6875rem] text-faint tabular-nums leading-none">
        <div aria-hidden="true" className="relative" style={{ width: unit === 'usd' ? axisWidth(heights) : 48 }}>
          {ticks.map((tick) => (
            <span key={tick} className="absolute right-2 translate-y-1/2" style={{ bottom: percent(tick / top) }}>
              {axisLabel(tick, unit)}
            </span>
          ))}
        </div>
        {/* A slider to the keyboard and to screen readers: which bar is looked at, and what it holds. */}
        <div
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={at ?? last}
          aria-valuetext={
            read &&
            `${bucketLabel(format, read.at, interval, 'full')}: ${unit === 'usd' ? displayUsd(readAmount) : format.number(BigInt(readAmount))}`
          }
          onKeyDown={step}
          onBlur={() => setAt(null)}
          onPointerDown={point}
          onPointerMove={point}
          onPointerLeave={(event) => event.pointerType === 'mouse' && setAt(null)}
          className="relative touch-pan-y border-line-strong border-b"
        >
          {ticks.slice(1).map((tick) => (
            <div
              key={tick}
              className="absolute inset-x-0 border-(--chart-grid) border-t"
              style={{ bottom: percent(tick / top) }}
            />
          ))}
          {/* Each bar in its width from the first on: a browser may paint it before it has heard of those that follow. */}
          <div
            className="absolute inset-0 grid"
            style={{ gridTemplate: `100% / repeat(${buckets.length}, minmax(0, 1fr))` }}
          >
            {buckets.map((bucket, index) => (
              <div key={bucket.at} className={cn('flex items-end justify-center', index === at && 'bg-hover')}>
                <div
                  className="flex w-[82%] max-w-11 flex-col-reverse"
                  style={{ height: percent((heights[index] ?? 0) / top) }}
                >
                  {shown.map(({ id, color }) => {
                    const amount = Number(bucket.amounts[id] ?? 0)
                    return amount > 0 ? (
                      <div
                        key={id}
                        className="forced-color-adjust-none shadow-[inset_0_1px_var(--background)]"
                        style={{ height: percent(amount / (heights[index] ?? 1)), background: color }}
                      />
                    ) : null
                  })}
                </div>
              </div>
            ))}
          </div>
          {compared ? (
            <svg
              aria-hidden="true"
              viewBox={`0 0 ${buckets.length} 1`}
              preserveAspectRatio="none"
              className="pointer-events-none absolute inset-0 size-full overflow-visible"
            >
              <polyline
                points={befores.map((amount, index) => `${index + 0.5},${(1 - amount / top).toFixed(4)}`).join(' ')}
                fill="none"
                stroke="var(--muted)"
                strokeDasharray="4 3"
                strokeWidth="1.5"
                vectorEffect="non-scaling-stroke"
              />
            </svg>
          ) : null}
          {at === null || !looked ? null : (
            <div
              className="pointer-events-none absolute top-0 z-20 grid w-60 max-w-full leading-normal"
              style={besideBar(at, buckets.length)}
            >
              <SpendChartTooltip bucket={looked} series={series} hidden={hidden} interval={interval} unit={unit} />
            </div>
          )}
        </div>
        <TimeAxis buckets={buckets} interval={interval} className="col-start-2" />
      </div>
    </div>
  )
}

/** Right of a bar in the left half and left of one in the right half, and never outside of the plot. */
function besideBar(index: number, count: number) {
  return index < count / 2
    ? { left: `min(calc(${percent((index + 1) / count)} + 0.5rem), max(0px, calc(100% - 15rem)))` }
    : { right: `min(calc(${percent(1 - index / count)} + 0.5rem), max(0px, calc(100% - 15rem)))` }
}

/** Room for "$0.00012" where a first call has cost no more than that. */
function axisWidth(heights: readonly number[]): number {
  const highest = Math.max(...heights)
  const decimals = highest > 0 && highest < 1 ? Math.ceil(-Math.log10(highest)) + 1 : 0
  return Math.max(48, 14 + 6.5 * (decimals + 3))
}
