import { useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { TableCell } from '../ui/table.tsx'

interface RateCellProps {
  /** Per million tokens; null: unpriced. */
  usd: string | null
  /** Another rate holds for long inputs. */
  isTiered?: boolean
  className?: string
}

export function RateCell({ usd, isTiered = false, className }: RateCellProps) {
  const t = useTranslations('models')
  return (
    <TableCell numeric className={className}>
      <Money usd={usd} style="exact" />
      {isTiered ? (
        <sup title={t('tiered')} className="ml-0.5 text-muted">
          +
        </sup>
      ) : null}
    </TableCell>
  )
}
