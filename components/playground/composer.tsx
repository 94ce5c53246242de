'use client'

import { ArrowUp, Square } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { KeyboardEvent, ReactNode, Ref } from 'react'
import { useModifierLabel } from '../shell/use-modifier-label.ts'
import { Button } from '../ui/button.tsx'
import { Kbd } from '../ui/kbd.tsx'

interface ComposerProps {
  ref: Ref<HTMLTextAreaElement>
  text: string
  onText: (text: string) => void
  /** Null where nothing can be sent, which `note` explains. */
  onSend: (() => void) | null
  /** Null when nothing runs. */
  onStop: (() => void) | null
  /** What the conversation has cost so far, or what is in the way. */
  note: ReactNode
}

/** Where one writes. It stays at the lower edge, however long the answers are. */
export function Composer({ ref, text, onText, onSend, onStop, note }: ComposerProps) {
  const t = useTranslations('playground.composer')
  const modifier = useModifierLabel()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || event.nativeEvent.isComposing) return
    event.preventDefault()
    onSend?.()
  }
  return (
    <div className="sticky bottom-0 z-20 bg-background pt-2 pb-4">
      <div className="grid gap-1 rounded-xl border border-line-strong bg-background p-2 shadow-control focus-within:border-ring focus-within:outline-2 focus-within:outline-ring/35 dark:bg-sunken">
        <textarea
          ref={ref}
          aria-label={t('label')}
          placeholder={t('placeholder')}
          rows={2}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-60 min-h-14 w-full resize-none bg-transparent px-2 py-1.5 text-sm leading-6 outline-none placeholder:text-faint pointer-coarse:text-lg"
        />
        <div className="flex items-center justify-between gap-3 pl-2">
          <div className="min-w-0 text-muted text-xs" aria-live="polite">
            {note}
          </div>
          <div className="flex shrink-0 items-center gap-2">
            <span className="flex items-center gap-1 text-muted text-xs max-sm:hidden pointer-coarse:hidden">
              {onStop ? (
                <Kbd>Esc</Kbd>
              ) : (
                <>
                  <Kbd>{modifier}</Kbd>
                  <Kbd>↵</Kbd>
                </>
              )}
            </span>
            {onStop ? (
              <Button onClick={onStop}>
                <Square />
                {t('stop')}
              </Button>
            ) : (
              <Button variant="primary" disabled={!onSend} onClick={() => onSend?.()}>
                <ArrowUp />
                {t('send')}
              </Button>
            )}
          </div>
        </div>
      </div>
    </div>
  )
}
