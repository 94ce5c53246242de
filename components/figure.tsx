import { useFormatter } from 'next-intl'
import { displayUsd } from './display-usd.ts'
import { Money } from './money.tsx'
import { cn } from './ui/cn.ts'

/** What the amounts of a chart are: decimal USD, or whole numbers. */
export type Unit = 'usd' | 'count'

interface FigureProps {
  amount: string
  unit: Unit
  className?: string
}

/** An amount of either kind. Counts are exact, however large. */
export function Figure({ amount, unit, className }: FigureProps) {
  const format = useFormatter()
  if (unit === 'usd') return <Money usd={amount} {...(className && { className })} />
  return (
    <data value={amount} className={cn('whitespace-nowrap tabular-nums', className)}>
      {format.number(BigInt(amount))}
    </data>
  )
}

/** As short as an axis needs it. */
export function axisLabel(amount: number, unit: Unit): string {
  return unit === 'usd' ? displayUsd(String(amount), 'compact') : compact.format(amount)
}

// The same in every language, as amounts of money are, so that figures compare.
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })
