import { useTranslations } from 'next-intl'
import type { AskFacts } from '../budgets/ask-facts.ts'
import { BudgetList } from '../budgets/budget-list.tsx'
import { ResetsAt } from '../budgets/resets-at.tsx'
import { tightestOf } from '../budgets/tightest-of.ts'
import type { RefusalCode } from '../help/refusal-codes.ts'
import type { KeyFacts } from '../keys/key-facts.ts'
import { keySnippets } from '../keys/key-snippets.ts'
import { ownPause } from '../keys/own-pause.ts'
import { Money } from '../money.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { Callout } from '../ui/callout.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { Facts } from '../ui/facts.tsx'
import { SpendBar } from '../ui/spend-bar.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { Time } from '../ui/time.tsx'
import { type AskAction, AskForMore } from './ask-for-more.tsx'

export interface ShortCall {
  model: string
  /** Its request. */
  href: string
}

interface MyKeyProps {
  facts: KeyFacts
  /** What it may call just now. */
  models: readonly string[]
  /** With /v1. */
  baseUrl: string
  /** The newest one for this key. */
  lastAsk: AskFacts | null
  /** Something is left, but the last call needed more: that call. */
  short: ShortCall | null
  /** Where refusals are explained. */
  helpHref: string
  ask: AskAction
}

/** One's own key: first what is left, then all the rest. */
export function MyKey({ facts: key, models, baseUrl, lastAsk, short, helpHref, ask }: MyKeyProps) {
  const t = useTranslations('me')
  const tModels = useTranslations('console.models')
  const tDetail = useTranslations('keys.detail')
  const tightest = tightestOf(key.budgets)
  const [model] = models
  return (
    <article aria-label={key.name} className="grid min-w-0 grid-cols-1 gap-5">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <div className="grid min-w-0">
          <h2 className="truncate font-semibold text-base">{key.name}</h2>
          <p className="text-muted text-sm">
            {t('key.project', { project: key.project.name })} ·{' '}
            <code className="font-mono text-xs">sk-stp-…{key.hint}</code>
          </p>
        </div>
        <StatusBadge status={key.status} />
      </header>
      <Obstacle facts={key} short={short} helpHref={helpHref} />
      {tightest ? (
        <div className="grid gap-3">
          <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
            <p className="grid">
              <span className="text-muted text-sm">{t('left')}</span>
              <span className="flex flex-wrap items-baseline gap-x-2">
                <Money usd={tightest.availableUsd} className="font-semibold text-3xl tracking-tight" />
                <span className="text-muted text-sm">
                  {t.rich('leftOf', { limit: () => <Money usd={tightest.limitUsd} /> })}
                </span>
              </span>
            </p>
            <ResetsAt at={tightest.resetsAt} className="text-sm" />
          </div>
          <SpendBar
            layout="bar"
            spentUsd={tightest.spentUsd}
            reservedUsd={tightest.reservedUsd}
            limitUsd={tightest.limitUsd}
          />
        </div>
      ) : (
        <p className="grid">
          <span className="font-semibold text-2xl tracking-tight">{t('unlimited')}</span>
          <span className="text-muted text-sm">{t('unlimitedNote')}</span>
        </p>
      )}
      {key.budgets.length > 0 ? <AskForMore keyId={key.id} last={lastAsk} ask={ask} /> : null}
      <Facts
        facts={[
          { label: t('key.models'), value: models.join(', ') || tModels('none') },
          { label: t('key.lastUsed'), value: <Time at={key.lastUsedAt} /> },
          {
            label: t('key.expires'),
            value: key.expiresAt ? <Time at={key.expiresAt} format="datetime" /> : tDetail('never'),
          },
        ]}
      />
      <div className="grid">
        {model && key.status !== 'revoked' ? (
          <Disclosure title={t('key.snippets')}>
            <div className="grid gap-3">
              <p className="text-muted text-sm">{t('snippets.description')}</p>
              <CodeBlock
                label={t('snippets.title')}
                samples={keySnippets({ baseUrl, model, secret: null, prompt: t('snippets.prompt') })}
              />
            </div>
          </Disclosure>
        ) : null}
        {key.budgets.length > 1 ? (
          <Disclosure title={t('key.allBudgets')}>
            <BudgetList budgets={key.budgets} label={t('key.allBudgets')} />
          </Disclosure>
        ) : null}
      </div>
    </article>
  )
}

interface ObstacleProps {
  facts: KeyFacts
  short: ShortCall | null
  helpHref: string
}

/** Why calls are refused just now, whom to ask, and where it is explained. */
function Obstacle({ facts: key, short, helpHref }: ObstacleProps) {
  const t = useTranslations('me')
  const project = key.project.name
  const help = (code: RefusalCode) => (
    <ButtonLink size="sm" href={`${helpHref}/${code}`}>
      {t('help')}
    </ButtonLink>
  )
  switch (key.status) {
    case 'exhausted': {
      const resets = tightestOf(key.budgets)?.resetsAt !== null
      return (
        <Callout tone="warning" title={t('over.title')} action={help('insufficient_quota')}>
          {t(resets ? 'over.reset' : 'over.never', { project })}
        </Callout>
      )
    }
    case 'paused': {
      const reasons = { overrun: 'pausedForOverrun', anomaly: 'pausedForAnomaly', none: 'paused' } as const
      return (
        <Callout tone="warning" action={help('key_paused')}>
          {t(reasons[ownPause(key.pauseReason) ?? 'none'], { project })}
        </Callout>
      )
    }
    case 'expired':
      return (
        <Callout tone="warning" action={help('key_expired')}>
          {t('expired', { project })}
        </Callout>
      )
    case 'active':
      return short ? (
        <Callout
          tone="warning"
          title={t('short.title')}
          action={
            <div className="flex flex-wrap gap-2">
              <ButtonLink size="sm" href={short.href}>
                {t('short.request')}
              </ButtonLink>
              {help('insufficient_quota')}
            </div>
          }
        >
          {t('short.description', { project, model: short.model })}
        </Callout>
      ) : null
    default:
      return null
  }
}
