import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

export interface TableProps extends ComponentProps<'table'> {
  /** Read to screen readers as the caption, and as the name of the scroller. */
  label: string
  /** Scrolls inside this height (any CSS length) with its header on top. Else the page scrolls. */
  maxHeight?: string
}

/** Rows and hairlines, nothing around them. Numbers line up: give their cells `numeric`. */
export function Table({ label, maxHeight, className, children, ...rest }: TableProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; and no landmark, as it mostly stands in one
    <div
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard
      tabIndex={0}
      style={maxHeight ? { maxHeight } : undefined}
      className={cn(
        'group/table quiet-scroll relative -mx-2 min-w-0',
        maxHeight ? 'overflow-auto' : 'overflow-x-auto xl:overflow-x-visible',
      )}
      data-scroll={maxHeight ? 'inside' : 'page'}
    >
      <table {...rest} className={cn('w-full border-separate border-spacing-0 text-sm tabular-nums', className)}>
        <caption className="sr-only">{label}</caption>
        {children}
      </table>
    </div>
  )
}

export function TableHeader({ className, ...rest }: ComponentProps<'thead'>) {
  return (
    <thead
      {...rest}
      className={cn(
        'z-10 bg-background group-data-[scroll=inside]/table:sticky group-data-[scroll=inside]/table:top-0',
        'xl:group-data-[scroll=page]/table:sticky xl:group-data-[scroll=page]/table:top-(--topbar-height)',
        className,
      )}
    />
  )
}

export function TableBody({ className, ...rest }: ComponentProps<'tbody'>) {
  return <tbody {...rest} className={cn('[&>tr:last-child>*]:border-b-0 [&>tr:hover]:bg-hover', className)} />
}

/** Totals. */
export function TableFooter({ className, ...rest }: ComponentProps<'tfoot'>) {
  return <tfoot {...rest} className={cn('font-medium [&>tr>*]:border-t [&>tr>*]:border-b-0', className)} />
}

/** `aria-selected` tints it. */
export function TableRow({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr {...rest} className={cn('transition-colors aria-selected:bg-accent-soft', className)} />
}

interface CellProps {
  /** Right aligned. */
  numeric?: boolean
}

export function TableHead({ numeric = false, className, ...rest }: ComponentProps<'th'> & CellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn(
        'h-9 whitespace-nowrap border-b px-2 text-left font-medium text-muted text-xs',
        numeric && 'text-right',
        className,
      )}
    />
  )
}

export function TableCell({ numeric = false, className, ...rest }: ComponentProps<'td'> & CellProps) {
  return (
    <td {...rest} className={cn('h-11 border-b px-2 py-1.5', numeric && 'whitespace-nowrap text-right', className)} />
  )
}
