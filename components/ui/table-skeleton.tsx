import type { CSSProperties } from 'react'
import { cn } from './cn.ts'
import { Skeleton } from './skeleton.tsx'

const widths = ['w-40', 'w-24', 'w-20', 'w-28', 'w-16', 'w-24']

/** A table that is on its way. */
export function TableSkeleton({ rows = 8, columns = 5 }: { rows?: number; columns?: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows + 1 }, (_, row) => (
        <div
          key={`row-${row + 1}`}
          // As wide from the first cell on as with the last: a browser may paint it in between.
          style={{ '--columns': columns } as CSSProperties}
          className={cn(
            'grid grid-cols-[repeat(var(--columns),minmax(0,1fr))] items-center gap-6 border-b max-sm:grid-cols-3',
            row === 0 ? 'h-9' : 'h-11',
          )}
        >
          {Array.from({ length: columns }, (_, column) => (
            <div
              key={`column-${column + 1}`}
              className={cn('min-w-0 last:flex last:justify-end', column > 1 && 'max-sm:hidden')}
            >
              <Skeleton
                className={cn('h-3 max-w-full', row === 0 ? 'w-14 opacity-70' : widths[(row + column * 2) % 6])}
              />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
