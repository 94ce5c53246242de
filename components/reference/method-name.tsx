import { cn } from '../ui/cn.ts'

const toneOfMethod: Record<string, string> = {
  GET: 'text-accent-text',
  POST: 'text-positive-text',
  PATCH: 'text-warning-text',
  DELETE: 'text-danger-text',
}

export function MethodName({ method, className }: { method: string; className?: string }) {
  return <span className={cn('font-medium font-mono text-xs', toneOfMethod[method], className)}>{method}</span>
}
