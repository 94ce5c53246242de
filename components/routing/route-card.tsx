'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type DragEvent, useEffect, useRef, useState, useTransition } from 'react'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { cn } from '../ui/cn.ts'
import { lateDialog } from '../ui/late-dialog.tsx'
import { MultiCombobox } from '../ui/multi-combobox.tsx'
import { Section } from '../ui/section.tsx'
import { toast } from '../ui/toast.ts'
import { DeploymentRow } from './deployment-row.tsx'
import { insertTier, joinTier, stepDeployment, type Tiers } from './move-deployment.ts'
import { type FallbackKind, fallbackKinds, type RouteFacts, type RoutingActions } from './routing-facts.ts'

const PatienceDialog = lateDialog(async () => (await import('./patience-dialog.tsx')).PatienceDialog)

interface RouteCardProps {
  route: RouteFacts
  /** Names that may take over. */
  models: readonly string[]
  actions: RoutingActions | null
}

/** The way of one model: its tiers in order, then what takes over. */
export function RouteCard({ route, models, actions }: RouteCardProps) {
  const t = useTranslations('routing')
  const failed = useTranslations('console.failure')
  const [dragged, setDragged] = useState<string | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const [isAdjusting, setAdjusting] = useState(false)
  const [pending, start] = useTransition()
  const tiers: Tiers = route.tiers.map((tier) => tier.map(({ id }) => id))
  // What changes its tier is drawn anew, and the keyboard goes along with it.
  const list = useRef<HTMLOListElement>(null)
  const stepped = useRef<{ id: string; by: -1 | 1 } | null>(null)
  useEffect(() => {
    if (pending || !stepped.current) return
    const { id, by } = stepped.current
    stepped.current = null
    if (document.activeElement !== document.body) return
    list.current?.querySelector<HTMLElement>(`[data-deployment="${id}"] [data-step="${by}"]`)?.focus()
  }, [pending])
  const order = (next: string[][], step: { id: string; by: -1 | 1 } | null = null) => {
    if (!actions || JSON.stringify(next) === JSON.stringify(tiers)) return
    stepped.current = step
    start(async () => {
      const { failure } = await actions.order(route.id, next)
      if (failure) toast.error(failureText(failed, failure))
    })
  }
  /** A place to drop on: a tier to join, or a line between two. */
  const place = (name: string, drop: (id: string) => string[][]) => ({
    onDragOver: (event: DragEvent) => {
      if (!dragged) return
      event.preventDefault()
      setOver(name)
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(null)
      if (dragged) order(drop(dragged))
    },
  })
  const line = (before: number) => (
    // Over the edges of the tiers, which would leave half of it to drop on.
    <div
      aria-hidden="true"
      className={cn('relative z-10 -my-1 h-2 rounded-full', over === `line ${before}` && 'bg-accent')}
      {...place(`line ${before}`, (id) => insertTier(tiers, id, before))}
    />
  )
  return (
    <Section
      title={
        <Link href={route.href} className="font-mono hover:underline">
          {route.name}
        </Link>
      }
      actions={
        actions ? (
          <Button variant="ghost" size="sm" onClick={() => setAdjusting(true)}>
            {t('patience.open')}
          </Button>
        ) : null
      }
    >
      <ol ref={list} aria-busy={pending} className={cn('grid gap-1', pending && 'opacity-60')}>
        {route.tiers.map((tier, index) => {
          const weights = tier.reduce((sum, { weight }) => sum + weight, 0)
          return (
            <li key={tier.map(({ id }) => id).join()} className="grid grid-cols-1">
              {line(index)}
              <div
                className={cn('rounded-md border border-line px-3', over === `tier ${index}` && 'border-accent')}
                {...place(`tier ${index}`, (id) => joinTier(tiers, id, index))}
              >
                <p className="pt-2 text-faint text-xs">{t('tier', { number: index + 1 })}</p>
                <ul className="divide-y divide-line">
                  {tier.map((deployment) => (
                    <DeploymentRow
                      key={deployment.id}
                      deployment={deployment}
                      actions={actions}
                      isMovable={actions !== null && tiers.flat().length > 1}
                      sharePercent={Math.round((deployment.weight / weights) * 100)}
                      onStep={(by) => order(stepDeployment(tiers, deployment.id, by), { id: deployment.id, by })}
                      onDragStart={() => setDragged(deployment.id)}
                      onDragEnd={() => {
                        setDragged(null)
                        setOver(null)
                      }}
                    />
                  ))}
                </ul>
              </div>
            </li>
          )
        })}
      </ol>
      {line(route.tiers.length)}
      <dl className="grid grid-cols-1 gap-3 text-sm sm:grid-cols-3">
        {fallbackKinds.map((kind) => (
          <Fallbacks key={kind} kind={kind} route={route} models={models} actions={actions} />
        ))}
      </dl>
      {actions && isAdjusting ? (
        <PatienceDialog route={route} change={actions.changePatience} onClose={() => setAdjusting(false)} />
      ) : null}
    </Section>
  )
}

function Fallbacks({ kind, route, models, actions }: RouteCardProps & { kind: FallbackKind }) {
  const t = useTranslations('routing')
  const failed = useTranslations('console.failure')
  const [pending, start] = useTransition()
  const names = route.fallbacks[kind]
  const options = models.filter((name) => name !== route.name).map((name) => ({ value: name, label: name }))
  return (
    <div className="grid min-w-0 content-start gap-1">
      <dt className="text-muted text-xs">{t(`takeOver.${kind}`)}</dt>
      <dd className="min-w-0">
        {actions ? (
          <MultiCombobox
            label={t(`takeOver.${kind}`)}
            options={options}
            value={names}
            disabled={pending}
            placeholder={t('takeOver.none')}
            onValueChange={(next) =>
              start(async () => {
                const { failure } = await actions.setFallbacks(route.id, kind, next)
                if (failure) toast.error(failureText(failed, failure))
              })
            }
          />
        ) : (
          <span className="font-mono text-xs">{names.join(', ') || t('takeOver.none')}</span>
        )}
      </dd>
    </div>
  )
}
