import { otherSeriesId, type SpendSeries } from './spend-series.ts'

const ownColors = 8

/** The colour of the series at this place, as CSS. */
export function seriesColor(series: readonly SpendSeries[], index: number): string {
  return series[index]?.id === otherSeriesId || index >= ownColors ? 'var(--chart-other)' : `var(--chart-${index + 1})`
}
