const cents = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
const exact = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 9 })
const compact = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  notation: 'compact',
  minimumFractionDigits: 0,
  maximumFractionDigits: 1,
})

/**
 * `cents`: $12.35, and `<$0.01` for what is more than nothing but less than a cent.
 * `exact`: every digit, for prices and single requests. `compact`: $1.2K, for axes.
 */
export type UsdStyle = 'cents' | 'exact' | 'compact'

/** A decimal string in USD as people read it. The same in every language, so that figures compare. */
export function displayUsd(usd: string, style: UsdStyle = 'cents'): string {
  const decimal = usd as Intl.StringNumericLiteral
  if (style === 'exact') return exact.format(decimal)
  const amount = Number(usd)
  if (style === 'compact')
    return amount === 0 || Math.abs(amount) >= 1 ? compact.format(decimal) : exact.format(decimal)
  if (amount > 0 && amount < 0.01) return '<$0.01'
  if (amount < 0 && amount > -0.01) return '>-$0.01'
  return cents.format(decimal)
}
