import { cn } from './cn.ts'
import { controlStyle } from './control-style.ts'

export type SelectSize = 'sm' | 'md'

/** Of a select that is closed, before and after it has been opened. */
export function selectFace(size: SelectSize, className?: string): string {
  return cn(
    controlStyle,
    'flex items-center justify-between gap-2 text-left data-[placeholder]:text-faint [&>span]:truncate',
    size === 'sm' ? 'h-7 text-xs' : 'h-8 pointer-coarse:h-10',
    className,
  )
}
