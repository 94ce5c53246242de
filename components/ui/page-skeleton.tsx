import { useTranslations } from 'next-intl'
import { ChartSkeleton } from '../charts/chart-skeleton.tsx'
import { Skeleton } from './skeleton.tsx'
import { TableSkeleton } from './table-skeleton.tsx'

export interface PageSkeletonProps {
  /** The shape of the page that is coming. */
  shape?: 'table' | 'overview' | 'form'
}

/** For `loading.tsx`: the page's own shape, so that nothing jumps when it arrives. */
export function PageSkeleton({ shape = 'table' }: PageSkeletonProps) {
  const t = useTranslations('ui')
  return (
    <div role="status" className="grid grid-cols-1 gap-8">
      <span className="sr-only">{t('loading')}</span>
      <div className="grid gap-2.5 py-1">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-3.5 w-72 max-w-full" />
      </div>
      {shape === 'overview' ? (
        <>
          <div className="grid grid-cols-2 gap-6 lg:grid-cols-4">
            {['a', 'b', 'c', 'd'].map((tile) => (
              <div key={tile} className="grid gap-2.5">
                <Skeleton className="h-3 w-16" />
                <Skeleton className="h-7 w-28" />
                <Skeleton className="h-3 w-20" />
              </div>
            ))}
          </div>
          <ChartSkeleton />
        </>
      ) : null}
      {shape === 'form' ? (
        <div className="grid max-w-xl gap-6">
          {['a', 'b', 'c', 'd'].map((field) => (
            <div key={field} className="grid gap-2">
              <Skeleton className="h-3 w-24" />
              <Skeleton className="h-8 w-full rounded-md" />
            </div>
          ))}
        </div>
      ) : (
        <TableSkeleton />
      )}
    </div>
  )
}
