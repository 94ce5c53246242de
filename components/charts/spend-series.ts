/** One colour of a chart: a model, a key, a member or a project. */
export interface SpendSeries {
  /** Stable, so that a colour stays with it while the page is open; `otherSeriesId` for the rest. */
  id: string
  label: string
  /** Of the whole period, summed by the server. Decimal USD. */
  totalUsd: string
}

/** One bar. Buckets without spend are present too, so that time runs evenly. */
export interface SpendBucket {
  /** ISO 8601, the start of the hour or day in the time zone of the page. */
  at: string
  /** Decimal USD by series id; what is missing is 0. */
  amounts: Readonly<Record<string, string>>
}

export type BucketInterval = 'hour' | 'day'

/** At most eight series have a colour of their own; the server folds the rest into this one. */
export const otherSeriesId = 'other'
