import { type Rates, rateNames } from './rate-draft.ts'

/** There is a limit of any kind. */
export function hasRates(rates: Rates): boolean {
  return rateNames.some((name) => rates[name] !== null)
}
