'use client'

import { useFormatter } from 'next-intl'
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { axisLabel } from '../figure.tsx'
import { bucketLabel } from './bucket-label.ts'
import { seriesColor } from './series-color.ts'
import type { SpendChartPlotProps } from './spend-chart-plot.tsx'
import { SpendChartTooltip } from './spend-chart-tooltip.tsx'
import type { SpendBucket } from './spend-series.ts'

const tick = { fill: 'var(--faint)', fontSize: 11 }

/** A line for each series: which grow and which cross, where stacked bars show what they add up to. Loaded when asked for. */
export function TrendLines({ series, hidden, buckets, interval, unit, label }: SpendChartPlotProps) {
  const format = useFormatter()
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={[...buckets]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} title={label}>
        <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
        <XAxis
          dataKey="at"
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
          width="auto"
          tickCount={4}
        />
        <Tooltip
          cursor={{ stroke: 'var(--line-strong)' }}
          isAnimationActive={false}
          wrapperStyle={{ zIndex: 20, outline: 'none' }}
          content={({ active, label: at }) => (
            <SpendChartTooltip
              bucket={active ? buckets.find((bucket) => bucket.at === at) : undefined}
              series={series}
              hidden={hidden}
              interval={interval}
              unit={unit}
            />
          )}
        />
        {series.map((entry, index) =>
          hidden.has(entry.id) ? null : (
            <Line
              key={entry.id}
              name={entry.label}
              // A function, because a name such as "gpt-3.5" would be read as a path.
              dataKey={(bucket: SpendBucket) => Number(bucket.amounts[entry.id] ?? 0)}
              stroke={seriesColor(series, index)}
              strokeWidth={2}
              dot={buckets.length === 1}
              isAnimationActive={false}
            />
          ),
        )}
      </LineChart>
    </ResponsiveContainer>
  )
}
