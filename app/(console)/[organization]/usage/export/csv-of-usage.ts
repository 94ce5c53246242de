import { localDateOf } from '#lib/core/local-date-of.ts'
import { formatUsd } from '#lib/core/money.ts'
import type { UsageSummary } from '#lib/usage/summarize-usage.ts'
import { csvLine } from '../../../csv-line.ts'
import type { ExplorerWindow } from '../explorer-window.ts'

/** Tells spreadsheets that it is UTF-8. */
const byteOrderMark = '\uFEFF'

/**
 * One line for each group and interval, under the names of the management API. Amounts have every digit, so the column
 * adds up to what the ledger says; there is no line of totals, which would be counted again.
 */
export function csvOfUsage({ rows, timeZone }: UsageSummary, { interval }: Pick<ExplorerWindow, 'interval'>): string {
  const dimensions = Object.keys(rows[0]?.groups ?? {}) as (keyof (typeof rows)[number]['groups'])[]
  const header = [
    interval,
    ...dimensions.flatMap((name) => (name === 'outcome' ? [name] : [name, `${name}_id`])),
    'requests',
    'errors',
    'input_tokens',
    'cached_tokens',
    'cache_write_tokens',
    'output_tokens',
    'reasoning_tokens',
    'cost_usd',
  ]
  const lines = rows.map((row) =>
    csvLine([
      interval === 'hour' ? row.start.toISOString() : localDateOf(row.start, timeZone),
      ...dimensions.flatMap((name) => {
        const { id = null, name: label = null } = row.groups[name] ?? {}
        return name === 'outcome' ? [id] : [label, id]
      }),
      row.requests,
      row.errors,
      row.inputTokens,
      row.cachedTokens,
      row.cacheWriteTokens,
      row.outputTokens,
      row.reasoningTokens,
      formatUsd(row.costNanos),
    ]),
  )
  return byteOrderMark + csvLine(header) + lines.join('')
}
