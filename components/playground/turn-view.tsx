'use client'

import { Pencil } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { cn } from '../ui/cn.ts'
import { Textarea } from '../ui/textarea.tsx'
import { AnswerView } from './answer-view.tsx'
import type { PlaygroundLinks } from './playground-links.ts'
import type { Turn } from './turn.ts'

interface TurnViewProps {
  turn: Turn
  /** The columns, in order. */
  models: readonly string[]
  /** On a phone: the only column that shows. */
  shown: string
  links: PlaygroundLinks
  /** Asks anew from here on; what came after is gone. Null while something runs. */
  onEdit: ((text: string) => void) | null
  onStop: (model: string) => void
  /** Of the last turn only: what follows was answered to what was said. */
  onRetry: ((model: string) => void) | null
}

const columnsOf = ['', '', 'md:grid-cols-2', 'md:grid-cols-3', 'md:grid-cols-2 xl:grid-cols-4'] as const

/** What was asked, across all columns, and the answers side by side below it. */
export function TurnView({ turn, models, shown, links, onEdit, onStop, onRetry }: TurnViewProps) {
  const t = useTranslations('playground.turn')
  const [edited, setEdited] = useState<string | null>(null)
  const resend = () => {
    if (!edited?.trim() || !onEdit) return
    setEdited(null)
    onEdit(edited)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      resend()
    }
    if (event.key === 'Escape') setEdited(null)
  }
  return (
    <section aria-label={t('label')} className="grid scroll-mt-16 grid-cols-1 gap-4">
      {edited === null ? (
        <div className="group flex items-start justify-between gap-2 rounded-lg bg-sunken px-4 py-2.5">
          <p className="min-w-0 whitespace-pre-wrap break-words py-0.5 text-sm leading-6">{turn.text}</p>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t('edit')}
            disabled={onEdit === null}
            onClick={() => setEdited(turn.text)}
          >
            <Pencil />
          </Button>
        </div>
      ) : (
        <div className="grid gap-2">
          <Textarea
            autoFocus
            aria-label={t('editLabel')}
            value={edited}
            onChange={(event) => setEdited(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <div className="flex flex-wrap items-center justify-end gap-2">
            <p className="mr-auto text-muted text-xs">{t('editNote')}</p>
            <Button onClick={() => setEdited(null)}>{t('cancel')}</Button>
            <Button variant="primary" disabled={!edited.trim() || onEdit === null} onClick={resend}>
              {t('resend')}
            </Button>
          </div>
        </div>
      )}
      <div className={cn('grid grid-cols-1 gap-x-8 gap-y-6', columnsOf[models.length])}>
        {models.map((model) => (
          <AnswerView
            key={model}
            model={model}
            answer={turn.answers[model] ?? null}
            links={links}
            onStop={() => onStop(model)}
            onRetry={onRetry && (() => onRetry(model))}
            className={model === shown ? undefined : 'max-md:hidden'}
          />
        ))}
      </div>
    </section>
  )
}
