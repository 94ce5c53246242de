'use client'

import { useFormatter } from 'next-intl'
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { axisLabel, type Unit } from '../figure.tsx'
import { bucketLabel, hourOf } from './bucket-label.ts'
import { seriesColor } from './series-color.ts'
import { SpendChartTooltip } from './spend-chart-tooltip.tsx'
import type { BucketInterval, SpendBucket, SpendSeries } from './spend-series.ts'

export interface SpendChartPlotProps {
  series: readonly SpendSeries[]
  hidden: ReadonlySet<string>
  buckets: readonly SpendBucket[]
  interval: BucketInterval
  unit: Unit
  heightPx: number
}

/** The drawing itself, loaded apart from the page. */
export default function SpendChartPlot({ series, hidden, buckets, interval, unit, heightPx }: SpendChartPlotProps) {
  const format = useFormatter()
  const stepHours = buckets.length <= 24 ? 3 : buckets.length <= 72 ? 6 : 24
  const ticks =
    interval === 'hour'
      ? buckets.map((bucket) => bucket.at).filter((at) => hourOf(format, at) % stepHours === 0)
      : undefined
  const tick = { fill: 'var(--faint)', fontSize: 11 }
  return (
    <ResponsiveContainer width="100%" height={heightPx}>
      <ComposedChart
        data={[...buckets]}
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
        barCategoryGap="18%"
        maxBarSize={44}
      >
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="at"
          ticks={ticks}
          tickFormatter={(at: string) => bucketLabel(format, at, interval, 'axis')}
          tick={tick}
          tickLine={false}
          axisLine={{ stroke: 'var(--line-strong)' }}
          tickMargin={8}
          minTickGap={28}
          height={28}
        />
        <YAxis
          tickFormatter={(amount: number) => axisLabel(amount, unit)}
          tick={tick}
          tickLine={false}
          axisLine={false}
          width={unit === 'usd' ? axisWidth(buckets, hidden) : 48}
          tickCount={4}
        />
        <Tooltip
          cursor={{ fill: 'var(--hover)' }}
          isAnimationActive={false}
          wrapperStyle={{ zIndex: 20, outline: 'none' }}
          content={({ active, label }) => (
            <SpendChartTooltip
              bucket={active ? buckets.find((bucket) => bucket.at === label) : undefined}
              series={series}
              hidden={hidden}
              interval={interval}
              unit={unit}
            />
          )}
        />
        {series.map((entry, index) =>
          hidden.has(entry.id) ? null : (
            <Bar
              key={entry.id}
              stackId="spend"
              name={entry.label}
              // A function, because a name such as "gpt-3.5" would be read as a path.
              dataKey={(bucket: SpendBucket) => Number(bucket.amounts[entry.id] ?? 0)}
              fill={seriesColor(series, index)}
              stroke="var(--background)"
              strokeWidth={0.75}
              isAnimationActive={false}
            />
          ),
        )}
        {buckets.some((bucket) => bucket.previous !== undefined) ? (
          <Line
            dataKey={(bucket: SpendBucket) => Number(bucket.previous ?? 0)}
            stroke="var(--muted)"
            strokeDasharray="4 3"
            strokeWidth={1.5}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ) : null}
      </ComposedChart>
    </ResponsiveContainer>
  )
}

/** Room for "$0.00012" where a first call has cost no more than that. */
function axisWidth(buckets: readonly SpendBucket[], hidden: ReadonlySet<string>): number {
  const heights = buckets.map(({ amounts }) =>
    Object.entries(amounts).reduce((sum, [id, usd]) => (hidden.has(id) ? sum : sum + Number(usd)), 0),
  )
  const highest = Math.max(...heights)
  const decimals = highest > 0 && highest < 1 ? Math.ceil(-Math.log10(highest)) + 1 : 0
  return Math.max(48, 14 + 6.5 * (decimals + 3))
}
