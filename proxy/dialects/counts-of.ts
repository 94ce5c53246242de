/** No context window comes near it: beyond it a figure is a defect, not a size. */
const mostTokens = 100_000_000

/** Reads figures of one report, and remembers whether one of them was none. */
export function countsOf(): { count(...spellings: unknown[]): number | null; isBroken(): boolean } {
  let broken = false
  return {
    /** The first of several spellings that is there; null when none is, or when it is no count. */
    count(...spellings) {
      const figure = spellings.find((spelling) => spelling !== null && spelling !== undefined)
      if (figure === undefined) return null
      if (typeof figure === 'number' && Number.isInteger(figure) && figure >= 0 && figure <= mostTokens) return figure
      broken = true
      return null
    },
    isBroken: () => broken,
  }
}
