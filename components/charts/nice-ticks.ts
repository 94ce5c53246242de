const roundSteps = [1, 2, 2.5, 3, 4, 5, 6, 8, 10]
const steps = 3

/** 0 and three more, evenly apart and easy to say, the last at or above `most`. Whole ones where only such can be. */
export function niceTicks(most: number, whole: boolean): readonly number[] {
  if (!(most > 0)) return [0]
  const least = whole ? Math.max(most / steps, 1) : most / steps
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = roundSteps.find((step) => step * power >= least * 0.999_999 && !(whole && power < 2 && step === 2.5))
  const step = (factor ?? 10) * power
  // Rounded, because 3 × 0.1 is not 0.3 for a computer.
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}
