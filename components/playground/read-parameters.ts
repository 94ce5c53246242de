import type { Effort, Settings } from './draft.ts'

export interface Parameters {
  /** Null: as the model likes. */
  temperature: number | null
  maxTokens: number | null
  effort: Effort | null
}

type Problem = 'temperature' | 'maxTokens'

const hottest = 2
const mostTokens = 1_000_000

/** The numbers in what was typed, and the fields that hold none. */
export function readParameters({ temperature, maxTokens, effort }: Settings): {
  parameters: Parameters
  problems: ReadonlySet<Problem>
} {
  const problems = new Set<Problem>()
  const read = (field: Problem, text: string, isValid: (value: number) => boolean): number | null => {
    if (text.trim() === '') return null
    const value = Number(text)
    if (Number.isFinite(value) && isValid(value)) return value
    problems.add(field)
    return null
  }
  const parameters = {
    temperature: read('temperature', temperature, (value) => value >= 0 && value <= hottest),
    maxTokens: read('maxTokens', maxTokens, (value) => Number.isInteger(value) && value >= 1 && value <= mostTokens),
    effort: effort === '' ? null : effort,
  }
  return { parameters, problems }
}
