'use client'

import { useTranslations } from 'next-intl'
import { cn } from '../ui/cn.ts'
import { Spinner } from '../ui/spinner.tsx'

interface ColumnTabsProps {
  models: readonly string[]
  shown: string
  /** Those that are still answering in the last turn. */
  running: ReadonlySet<string>
  onShow: (model: string) => void
}

/** On a phone there is room for one column: which. */
export function ColumnTabs({ models, shown, running, onShow }: ColumnTabsProps) {
  const t = useTranslations('playground')
  return (
    <fieldset className="quiet-scroll sticky top-(--topbar-height) z-20 -mx-4 flex gap-5 overflow-x-auto border-b bg-background px-4 md:hidden">
      <legend className="sr-only">{t('columns')}</legend>
      {models.map((model) => (
        <button
          key={model}
          type="button"
          aria-pressed={model === shown}
          onClick={() => onShow(model)}
          className={cn(
            'flex h-11 shrink-0 items-center gap-1.5 whitespace-nowrap font-mono text-muted text-xs focus-visible:-outline-offset-2',
            'aria-pressed:text-foreground aria-pressed:shadow-[inset_0_-2px_0_var(--accent)]',
          )}
        >
          {model}
          {running.has(model) ? <Spinner className="size-3" /> : null}
        </button>
      ))}
    </fieldset>
  )
}
