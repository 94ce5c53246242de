import { type Units, unitKinds } from '#lib/core/units.ts'
import type { Usage } from '#lib/core/usage.ts'
import type { Report } from '../dialects/dialect.ts'

/** Nothing said yet. */
export const noReport: Report = { usage: null, broken: false, finishReason: null, failed: false }

/** Vendors repeat usage as it grows: figures are never added, the largest of each stands. */
export function mergeReports(earlier: Report, later: Report): Report {
  return {
    usage: earlier.usage && later.usage ? mergeUsage(earlier.usage, later.usage) : (later.usage ?? earlier.usage),
    broken: earlier.broken || later.broken,
    finishReason: later.finishReason ?? earlier.finishReason,
    failed: earlier.failed || later.failed,
    answerId: later.answerId ?? earlier.answerId,
  }
}

function mergeUsage(one: Usage, other: Usage): Usage {
  return {
    inputTokens: larger(one.inputTokens, other.inputTokens),
    cachedTokens: larger(one.cachedTokens, other.cachedTokens),
    cacheWriteTokens: larger(one.cacheWriteTokens, other.cacheWriteTokens),
    outputTokens: larger(one.outputTokens, other.outputTokens),
    reasoningTokens: larger(one.reasoningTokens, other.reasoningTokens),
    ...((one.units || other.units) && { units: mergeUnits(one.units ?? {}, other.units ?? {}) }),
  }
}

function mergeUnits(one: Units, other: Units): Units {
  const kinds = unitKinds.filter((kind) => one[kind] !== undefined || other[kind] !== undefined)
  return Object.fromEntries(kinds.map((kind) => [kind, Math.max(one[kind] ?? 0, other[kind] ?? 0)]))
}

function larger(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other)
}
