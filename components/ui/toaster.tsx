'use client'

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import { useTheme } from 'next-themes'
import { Toaster as Sonner, toast as show, type ToasterProps } from 'sonner'
import { Spinner } from './spinner.tsx'

/** For `toast.ts` alone. */
export { show }

/** Brought by `LateToaster`; speak through `toast` of `toast.ts`. */
export function Toaster() {
  const { theme } = useTheme()
  return (
    <Sonner
      theme={theme as ToasterProps['theme']}
      position="bottom-right"
      className="font-sans!"
      gap={8}
      icons={{
        success: <CircleCheck className="size-4 text-positive-text" />,
        error: <CircleAlert className="size-4 text-danger-text" />,
        warning: <TriangleAlert className="size-4 text-warning-text" />,
        info: <Info className="size-4 text-accent-text" />,
        loading: <Spinner />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-start gap-2.5 rounded-lg border border-line bg-surface px-3.5 py-3 text-sm text-foreground shadow-popover',
          icon: 'mt-0.5 shrink-0',
          content: 'grid min-w-0 flex-1 gap-0.5',
          title: 'font-medium',
          description: 'text-muted!',
          actionButton: 'h-7 shrink-0 rounded-md border border-line-strong px-2.5 text-xs font-medium hover:bg-hover',
          cancelButton: 'h-7 shrink-0 px-2 text-xs text-muted hover:text-foreground',
        },
      }}
    />
  )
}
