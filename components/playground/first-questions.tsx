'use client'

import { useTranslations } from 'next-intl'

const questions = ['explain', 'compare', 'code'] as const

/** Before anything was asked: what this is for, and questions to begin with. */
export function FirstQuestions({ onPick }: { onPick: (text: string) => void }) {
  const t = useTranslations('playground.start')
  return (
    <div className="grid max-w-2xl gap-5 py-6">
      <div className="grid gap-1.5">
        <h2 className="font-medium text-base">{t('title')}</h2>
        <p className="text-pretty text-muted text-sm">{t('description')}</p>
      </div>
      <ul className="grid border-t">
        {questions.map((question) => (
          <li key={question} className="border-b">
            <button
              type="button"
              onClick={() => onPick(t(`questions.${question}`))}
              className="w-full rounded-sm px-1 py-2.5 text-left text-muted text-sm transition-colors hover:bg-hover hover:text-foreground focus-visible:-outline-offset-2"
            >
              {t(`questions.${question}`)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
