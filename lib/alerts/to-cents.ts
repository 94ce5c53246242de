/** An amount in USD without what is below a cent, where that says nothing any more: "18.79431125" → "18.79". */
export function toCents(usd: string): string {
  const [whole = '', fraction = ''] = usd.split('.')
  return whole === '0' || fraction.length <= 2 ? usd : `${whole}.${fraction.slice(0, 2)}`
}
