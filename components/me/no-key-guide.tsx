import { ArrowUpRight, BookOpen, Boxes, CircleHelp } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

interface NoKeyGuideProps {
  organization: string
  /** Whom to ask; empty: nobody else makes keys there. */
  people: readonly { name: string; email: string }[]
  modelsHref: string
  helpHref: string
  /** For who may make one: how. */
  action?: ReactNode
}

/** For who has no key yet: what one is, how to come by it, and what can be done meanwhile. */
export function NoKeyGuide({ organization, people, modelsHref, helpHref, action }: NoKeyGuideProps) {
  const t = useTranslations('me.guide')
  const meanwhile = [
    { href: modelsHref, icon: <Boxes />, label: t('models') },
    { href: helpHref, icon: <BookOpen />, label: t('quickStarts') },
    { href: `${helpHref}#refusals`, icon: <CircleHelp />, label: t('refusals') },
  ]
  return (
    <section aria-labelledby="no-key" className="grid max-w-3xl grid-cols-1 gap-6">
      <div className="grid max-w-prose gap-1">
        <h2 id="no-key" className="font-semibold text-base">
          {t('title')}
        </h2>
        <p className="text-pretty text-muted text-sm">{t('what')}</p>
      </div>
      <ol className="grid grid-cols-1 gap-5">
        <Step at={1} title={action ? t('make.title') : t('ask.title')}>
          {action ? (
            <>
              <p>{t('make.description')}</p>
              <div className="pt-1">{action}</div>
            </>
          ) : (
            <>
              <p>{people.length > 0 ? t('ask.whom') : t('ask.nobody')}</p>
              {people.length > 0 ? (
                <ul className="flex flex-wrap gap-x-5 gap-y-1 pt-1">
                  {people.map(({ name, email }) => (
                    <li key={email}>
                      <a
                        href={`mailto:${email}?subject=${encodeURIComponent(t('ask.subject', { organization }))}`}
                        title={email}
                        className="inline-flex min-h-6 items-center gap-1 rounded-sm font-medium text-accent-text underline-offset-4 hover:underline pointer-coarse:min-h-10"
                      >
                        {name}
                        <ArrowUpRight aria-hidden="true" className="size-3.5" />
                      </a>
                    </li>
                  ))}
                </ul>
              ) : null}
            </>
          )}
        </Step>
        <Step at={2} title={t('keep.title')}>
          <p>{t('keep.description')}</p>
        </Step>
        <Step at={3} title={t('call.title')}>
          <p>{t('call.description')}</p>
        </Step>
      </ol>
      <div className="grid grid-cols-1 gap-2">
        <h3 className="font-medium text-sm">{t('meanwhile')}</h3>
        <ul className="grid grid-cols-1 border-t">
          {meanwhile.map(({ href, icon, label }) => (
            <li key={href} className="border-b">
              <Link
                href={href}
                className="flex min-h-10 items-center gap-2.5 rounded-sm py-2 text-sm transition-colors hover:text-accent-text focus-visible:-outline-offset-2 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
              >
                {icon}
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

function Step({ at, title, children }: { at: number; title: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3">
      <span
        aria-hidden="true"
        className="grid size-6 place-items-center rounded-full border border-line-strong text-muted text-xs tabular-nums"
      >
        {at}
      </span>
      <div className="grid min-w-0 max-w-prose gap-0.5 pt-0.5 text-muted text-sm">
        <h3 className="font-medium text-foreground">{title}</h3>
        {children}
      </div>
    </li>
  )
}
