import { cn } from './cn.ts'

/** The first letters of a name: two for Latin words, one for Han. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  const words = name.trim().split(/\s+/)
  const latin = /^[\p{Script=Latin}]/u.test(name.trim())
  const initials = latin
    ? words
        .slice(0, 2)
        .map((word) => word.at(0))
        .join('')
    : Array.from(name.trim()).at(0)
  return (
    <span
      aria-hidden="true"
      className={cn(
        'grid size-6 shrink-0 select-none place-items-center rounded-full bg-selected font-medium text-2xs text-muted uppercase',
        className,
      )}
    >
      {initials || '?'}
    </span>
  )
}
