'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { parseUsd } from '#lib/core/money.ts'
import { tightestOf } from '../budgets/tightest-of.ts'
import { displayUsd } from '../display-usd.ts'
import type { KeyDraft } from './key-draft.ts'
import type { KeyFormOptions } from './key-form-options.ts'

const namedModels = 3

/** What a key will allow, in plain words, while it is being made. */
export function KeySentence({ draft, options }: { draft: KeyDraft; options: KeyFormOptions }) {
  const t = useTranslations('keys.sentence')
  const tPeriod = useTranslations('console.period')
  const format = useFormatter()
  const project = options.projects.find(({ id }) => id === draft.projectId)
  const member = options.members.find(({ email }) => email === draft.memberEmail)
  const caps = draft.caps.filter(({ limitUsd }) => parseUsd(limitUsd) !== null)

  const models =
    draft.models.length > 0
      ? format.list([
          ...draft.models.slice(0, namedModels),
          ...(draft.models.length > namedModels ? [t('moreModels', { count: draft.models.length - namedModels })] : []),
        ])
      : project
        ? t('everyModel', { project: project.name })
        : t('everyModelNoProject')
  const spending = caps.some(({ limitUsd }) => parseUsd(limitUsd) === 0n)
    ? t('nothing')
    : caps.length > 0
      ? t('spend', {
          limits: format.list(
            caps.map(({ limitUsd, period }) =>
              t('limit', { amount: displayUsd(limitUsd.trim()), period: tPeriod(period) }),
            ),
          ),
        })
      : project
        ? t('noLimit', { project: project.name })
        : t('noLimitNoProject')
  const until = draft.expiresOn
    ? t('until', {
        date: format.dateTime(new Date(`${draft.expiresOn}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' }),
      })
    : t('untilRevoked')
  const shared = project ? tightestOf(project.budgets) : null
  return (
    <div aria-live="polite" className="grid gap-1 rounded-lg bg-sunken px-4 py-3 text-sm dark:bg-surface">
      <p>{t('all', { holder: member?.name ?? t('whoever'), models, spending, until })}</p>
      {project && shared ? (
        <p className="text-muted">
          {t('project', {
            project: project.name,
            left: displayUsd(shared.availableUsd),
            limit: displayUsd(shared.limitUsd),
          })}
        </p>
      ) : null}
    </div>
  )
}
