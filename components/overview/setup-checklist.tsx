import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ButtonLink } from '../ui/button-link.tsx'
import { cn } from '../ui/cn.ts'
import { Section } from '../ui/section.tsx'
import { type SetupStep, setupSteps } from './setup-step.ts'

interface SetupChecklistProps {
  done: Readonly<Record<SetupStep, boolean>>
  /** Where each step is taken; null when the member's role may not. */
  hrefs: Readonly<Record<SetupStep, string | null>>
}

/** What stands between an empty organization and the first bar of the chart. */
export function SetupChecklist({ done, hrefs }: SetupChecklistProps) {
  const t = useTranslations('overview.setup')
  const next = setupSteps.find((step) => !done[step])
  const count = setupSteps.filter((step) => done[step]).length
  return (
    <Section
      title={t('title')}
      description={t('description')}
      actions={
        <span className="text-muted text-sm tabular-nums">
          {t('progress', { done: count, total: setupSteps.length })}
        </span>
      }
    >
      <ol className="grid">
        {setupSteps.map((step, index) => (
          <li key={step} className="flex min-h-14 items-center gap-4 border-b py-2 last:border-b-0">
            <span
              className={cn(
                'grid size-6 shrink-0 place-items-center rounded-full text-xs tabular-nums',
                done[step]
                  ? 'bg-positive-soft text-positive-text'
                  : step === next
                    ? 'bg-accent font-medium text-accent-ink'
                    : 'bg-selected text-muted',
              )}
            >
              {done[step] ? (
                <>
                  <Check aria-hidden="true" className="size-3.5" strokeWidth={3} />
                  <span className="sr-only">{t('done')}</span>
                </>
              ) : (
                index + 1
              )}
            </span>
            <div className="grid min-w-0 flex-1">
              <span className={cn('text-sm', done[step] ? 'text-muted' : 'font-medium')}>{t(`${step}.title`)}</span>
              {done[step] ? null : <span className="text-muted text-sm">{t(`${step}.description`)}</span>}
            </div>
            {step === next && hrefs[step] ? (
              <ButtonLink href={hrefs[step]} variant="primary" size="sm">
                {t(`${step}.action`)}
              </ButtonLink>
            ) : null}
          </li>
        ))}
      </ol>
    </Section>
  )
}
