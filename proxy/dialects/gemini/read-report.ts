import type { UnitKind, Units } from '#lib/core/units.ts'
import { type Usage, unknownUsage } from '#lib/core/usage.ts'
import { asRecord } from '../../json/as-record.ts'
import { mergeReports, noReport } from '../../metering/merge-reports.ts'
import { countsOf } from '../counts-of.ts'
import type { Report } from '../dialect.ts'

/** A stream that is one JSON array is read like its parts. */
export function readReport(value: unknown): Report {
  if (Array.isArray(value)) return value.map(readReport).reduce(mergeReports, noReport)
  const answer = asRecord(value)
  const candidates = Array.isArray(answer.candidates) ? answer.candidates : []
  const reasons = candidates.map((candidate) => asRecord(candidate).finishReason ?? null)
  // Some are numbers.
  const reason = reasons.find((one) => one !== null) ?? asRecord(answer.promptFeedback).blockReason ?? null
  return {
    ...readUsage(answer.usageMetadata, reason !== null || candidates.length === 0),
    finishReason: reason === null ? null : String(reason).slice(0, 64),
    failed: answer.error != null,
  }
}

function readUsage(reported: unknown, isOver: boolean): Pick<Report, 'usage' | 'broken'> {
  if (reported === null || reported === undefined) return { usage: null, broken: false }
  if (typeof reported !== 'object') return { usage: unknownUsage, broken: true }
  const counts = countsOf()
  const { count } = counts
  const told = asRecord(reported)
  const prompt = count(told.promptTokenCount)
  const ofTools = count(told.toolUsePromptTokenCount)
  const cached = count(told.cachedContentTokenCount)
  const thoughts = count(told.thoughtsTokenCount)
  const candidates = count(told.candidatesTokenCount)
  const total = count(told.totalTokenCount)
  const input = prompt === null ? null : prompt + (ofTools ?? 0)
  const written = (candidates ?? 0) + (thoughts ?? 0)
  // Left out where it is none, or not yet known; the total knows it all the same.
  const beyondInput = input !== null && total !== null ? total - input : 0
  const isKnown = isOver || written > 0 || beyondInput > 0
  const output = isKnown ? Math.max(written, beyondInput) : null
  const units: Units = {
    ...modalitiesOf(told.promptTokensDetails, 'input'),
    ...modalitiesOf(told.candidatesTokensDetails, 'output'),
  }
  const usage: Usage = {
    inputTokens: input,
    cachedTokens: cached !== null && input !== null ? Math.min(cached, input) : cached,
    cacheWriteTokens: null,
    outputTokens: output,
    reasoningTokens: thoughts,
    ...(Object.keys(units).length > 0 && { units }),
  }
  return { usage, broken: counts.isBroken() }
}

const kinds: Record<string, Partial<Record<'input' | 'output', UnitKind>>> = {
  AUDIO: { input: 'audio_input_token', output: 'audio_output_token' },
  IMAGE: { input: 'image_input_token', output: 'image_output_token' },
}

function modalitiesOf(details: unknown, side: 'input' | 'output'): Units {
  const units: Units = {}
  for (const one of Array.isArray(details) ? details : []) {
    const { modality, tokenCount } = asRecord(one)
    const kind = typeof modality === 'string' ? kinds[modality]?.[side] : undefined
    if (kind && Number.isSafeInteger(tokenCount) && Number(tokenCount) > 0) units[kind] = Number(tokenCount)
  }
  return units
}
