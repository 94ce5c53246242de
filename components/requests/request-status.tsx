import { cn } from '../ui/cn.ts'

interface RequestStatusProps {
  status: number
  errorCode: string | null
  className?: string
}

/** What the caller got: the HTTP status and, where it went wrong, our word for it. */
export function RequestStatus({ status, errorCode, className }: RequestStatusProps) {
  const tone = toneOf(status, errorCode)
  return (
    <span className={cn('inline-flex min-w-0 items-center gap-2 whitespace-nowrap tabular-nums', className)}>
      <span
        aria-hidden="true"
        className={cn(
          'size-1.5 shrink-0 rounded-full',
          { good: 'bg-positive', bad: 'bg-danger', held: 'bg-warning', gone: 'bg-control' }[tone],
        )}
      />
      <span className={cn(tone === 'bad' && 'text-danger-text')}>{status}</span>
      {errorCode ? <span className="truncate font-mono text-muted text-xs">{errorCode}</span> : null}
    </span>
  )
}

/** A stream can fail after it has begun with 200. */
function toneOf(status: number, errorCode: string | null): 'good' | 'bad' | 'held' | 'gone' {
  if (status === 499) return 'gone'
  if (status < 400) return errorCode ? 'bad' : 'good'
  return status < 500 && errorCode !== 'upstream_error' ? 'held' : 'bad'
}
