/**
 * The seeds that a randomised suite runs: a few in `npm test`, as many as asked for by `npm run prove`, or the one that is
 * to be run again.
 */
export function seeds(few: number): number[] {
  const { PROVE_SEED, PROVE_SEEDS } = process.env
  if (PROVE_SEED) return [Number(PROVE_SEED)]
  return Array.from({ length: Number(PROVE_SEEDS ?? few) }, (_, index) => index + 1)
}
