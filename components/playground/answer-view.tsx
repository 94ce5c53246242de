'use client'

import { RotateCw, Square } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { cn } from '../ui/cn.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { AnswerFigures } from './answer-figures.tsx'
import { AnswerText } from './answer-text.tsx'
import { isRunning } from './is-running.ts'
import type { PlaygroundLinks } from './playground-links.ts'
import { RefusalNote } from './refusal-note.tsx'
import type { Answer } from './turn.ts'

interface AnswerViewProps {
  model: string
  /** Null: it was not asked in this turn. */
  answer: Answer | null
  links: PlaygroundLinks
  onStop: () => void
  /** Null where it can no longer be asked. */
  onRetry: (() => void) | null
  className?: string
}

/** What one model said in one turn. */
export function AnswerView({ model, answer, links, onStop, onRetry, className }: AnswerViewProps) {
  const t = useTranslations('playground.answer')
  const running = answer !== null && isRunning(answer)
  const frame = useRef<HTMLElement>(null)
  const wasRunning = useRef(running)
  const isRefused = answer?.refusal != null
  // What goes wrong while somebody waits for it is seen, and not behind the field for the next question.
  useEffect(() => {
    if (isRefused && wasRunning.current) frame.current?.scrollIntoView({ block: 'nearest' })
    wasRunning.current = running
  }, [isRefused, running])
  return (
    <article
      ref={frame}
      aria-label={model}
      aria-busy={running}
      className={cn('grid min-w-0 scroll-mt-16 scroll-mb-40 grid-cols-1 content-start gap-3', className)}
    >
      <header className="flex h-7 items-center justify-between gap-2">
        <h3 className="min-w-0 truncate font-medium font-mono text-xs" title={model}>
          {model}
        </h3>
        <div className="flex items-center">
          {running ? (
            <Button variant="ghost" size="icon-sm" aria-label={t('stop', { model })} onClick={onStop}>
              <Square />
            </Button>
          ) : (
            <>
              {answer?.text ? <CopyButton value={answer.text} /> : null}
              {onRetry ? (
                <Button variant="ghost" size="icon-sm" aria-label={t('retry', { model })} onClick={onRetry}>
                  <RotateCw />
                </Button>
              ) : null}
            </>
          )}
        </div>
      </header>
      {answer === null ? (
        <p className="text-muted text-sm">{t('notAsked')}</p>
      ) : (
        <>
          {answer.thought ? (
            <details className="text-sm">
              <summary className="cursor-pointer text-muted text-xs hover:text-foreground">{t('thought')}</summary>
              <p className="whitespace-pre-wrap break-words border-l-2 py-1 pl-3 text-muted">{answer.thought}</p>
            </details>
          ) : null}
          {answer.text ? <AnswerText text={answer.text} /> : null}
          {running && !answer.text ? (
            <p className="flex items-center gap-2 text-muted text-sm">
              <Spinner />
              {t(answer.thought ? 'thinking' : 'waiting')}
            </p>
          ) : null}
          {answer.state === 'whole' && !answer.text ? <p className="text-muted text-sm">{t('nothing')}</p> : null}
          {answer.state === 'stopped' ? <p className="text-muted text-sm">{t('stopped')}</p> : null}
          {answer.refusal ? (
            <RefusalNote refusal={answer.refusal} helpHref={links.help} mineHref={links.mine} onRetry={onRetry} />
          ) : null}
          {answer.callId && !running ? (
            <AnswerFigures
              figures={answer.figures}
              dropped={answer.dropped}
              href={`${links.requests}?request=${answer.callId}`}
            />
          ) : null}
        </>
      )}
    </article>
  )
}
