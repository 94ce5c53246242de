import type { Report } from '../../answer.ts'

type Figure = Report[keyof Report]

/** Google's usage, in which thoughts stand beside what was said; only what is told. */
export function writeUsage({ promptTokens, completionTokens, cachedTokens, reasoningTokens }: Report): object {
  const total = Number(promptTokens ?? 0) + Number(completionTokens ?? 0)
  const isText = typeof (completionTokens ?? promptTokens) === 'string'
  return {
    ...(promptTokens !== undefined && { promptTokenCount: promptTokens }),
    ...(Number(cachedTokens ?? 0) > 0 && { cachedContentTokenCount: cachedTokens }),
    ...(completionTokens !== undefined && { candidatesTokenCount: without(completionTokens, reasoningTokens) }),
    ...(Number(reasoningTokens ?? 0) > 0 && { thoughtsTokenCount: reasoningTokens }),
    totalTokenCount: isText ? String(total) : total,
  }
}

function without(all: Figure, part: Figure): Figure {
  return typeof all === 'number' ? all - Number(part ?? 0) : all
}
