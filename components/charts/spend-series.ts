/** One colour of a chart: a model, a key, a member or a project. */
export interface SpendSeries {
  /** Stable, so that a colour stays with it while the page is open; `otherSeriesId` for the rest. */
  id: string
  label: string
  /** Of the whole period, summed by the server. Decimal USD, or a count. */
  total: string
}

/** One bar. Buckets without spend are present too, so that time runs evenly. */
export interface SpendBucket {
  /** ISO 8601, the start of the hour, day, week or month in the time zone of the page. */
  at: string
  /** Decimal USD or counts by series id; what is missing is 0. */
  amounts: Readonly<Record<string, string>>
  /** The whole of the same bar in the time before, where that is compared. */
  previous?: string
}

export type BucketInterval = 'hour' | 'day' | 'week' | 'month'

/** At most eight series have a colour of their own; the server folds the rest into this one. */
export const otherSeriesId = 'other'
