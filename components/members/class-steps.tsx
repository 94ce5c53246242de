import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cn } from '../ui/cn.ts'

export const classSteps = ['list', 'check', 'links'] as const

export type ClassStep = (typeof classSteps)[number]

/** Where one is on the way from a list to its links. */
export function ClassSteps({ current }: { current: ClassStep }) {
  const t = useTranslations('members.import.steps')
  const at = classSteps.indexOf(current)
  return (
    <ol aria-label={t('label')} className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b pb-4 text-sm">
      {classSteps.map((step, index) => (
        <li
          key={step}
          aria-current={step === current ? 'step' : undefined}
          className={cn('flex items-center gap-2', index === at ? 'font-medium' : 'text-muted')}
        >
          <span
            aria-hidden="true"
            className={cn(
              'grid size-5 place-items-center rounded-full border text-xs tabular-nums',
              index < at && 'border-accent text-accent-text',
              index === at && 'border-accent bg-accent text-accent-ink',
            )}
          >
            {index < at ? <Check className="size-3" /> : index + 1}
          </span>
          {t(step)}
        </li>
      ))}
    </ol>
  )
}
