import { displayUsd, type UsdStyle } from './display-usd.ts'
import { cn } from './ui/cn.ts'

export interface MoneyProps {
  /** A decimal string in USD, as `formatUsd` makes it from nanos: "12.345678". Null is "—". */
  usd: string | null
  /** `cents` unless the small digits matter. */
  style?: Exclude<UsdStyle, 'compact'>
  className?: string
}

/** An amount. More than nothing never looks like nothing, and the title has every digit. */
export function Money({ usd, style = 'cents', className }: MoneyProps) {
  if (usd === null) return <span className={cn('text-faint', className)}>—</span>
  return (
    <data value={usd} title={displayUsd(usd, 'exact')} className={cn('whitespace-nowrap tabular-nums', className)}>
      {displayUsd(usd, style)}
    </data>
  )
}
