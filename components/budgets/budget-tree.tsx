import { Building2, FolderKanban, KeyRound, User } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { displayUsd } from '../display-usd.ts'
import { cn } from '../ui/cn.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import type { BudgetActions } from './budget-actions.ts'
import { BudgetMeter } from './budget-meter.tsx'
import type { BudgetNode } from './budget-node.ts'

interface BudgetTreeProps {
  root: BudgetNode
  /** By budget: when it is used up at the pace of late. */
  usedUpAt: Readonly<Record<string, string>>
  actions: BudgetActions | null
}

/** Organization › project › member › key: what each may spend, and what bounds it from above. */
export function BudgetTree({ root, ...rest }: BudgetTreeProps) {
  return (
    <div className="grid min-w-0 gap-8">
      <Place node={root} {...rest} />
      {root.children.map((project) => (
        <div key={project.id} className="grid min-w-0 gap-3">
          <Place node={project} {...rest} />
          <Below project={project} {...rest} />
        </div>
      ))}
    </div>
  )
}

function Below({ project, ...rest }: Omit<BudgetTreeProps, 'root'> & { project: BudgetNode }) {
  const t = useTranslations('budgets.tree')
  if (project.children.length === 0) return null
  return (
    <div className="sm:pl-7">
      <Disclosure title={t('below', { members: project.children.length, keys: project.keyCount })}>
        <ul className="grid gap-6 pt-2">
          {project.children.map((member) => (
            <li key={member.id} className="grid min-w-0 gap-3">
              <Place node={member} {...rest} />
              <ul className="grid gap-4 sm:pl-7">
                {member.children.map((key) => (
                  <li key={key.id} className="min-w-0">
                    <Place node={key} {...rest} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  )
}

const icons = { organization: Building2, project: FolderKanban, member: User, key: KeyRound }

function Place({ node, usedUpAt, actions }: Omit<BudgetTreeProps, 'root'> & { node: BudgetNode }) {
  const t = useTranslations('budgets.tree')
  const tBudget = useTranslations('console.budget')
  const Icon = icons[node.scope]
  const isUpper = node.scope === 'organization' || node.scope === 'project'
  const name = <span className={cn('truncate', isUpper ? 'font-semibold' : 'font-medium')}>{node.name}</span>
  return (
    <div className="grid min-w-0 gap-x-8 gap-y-3 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <div className="grid min-w-0 content-start gap-0.5 lg:pt-1">
        <p className="flex min-w-0 items-center gap-2 text-sm">
          <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
          {node.href ? (
            <Link href={node.href} className="flex min-w-0 rounded-sm underline-offset-4 hover:underline">
              {name}
            </Link>
          ) : (
            name
          )}
        </p>
        {node.boundBy && node.boundBy.scope !== 'key' ? (
          <p className="pl-6 text-muted text-xs">
            {tBudget(`boundBy.${node.boundBy.scope}`, {
              left: displayUsd(node.boundBy.availableUsd),
              limit: displayUsd(node.boundBy.limitUsd),
            })}
          </p>
        ) : null}
      </div>
      {node.budgets.length > 0 ? (
        <ul className="grid min-w-0 gap-x-10 gap-y-5 md:grid-cols-2">
          {node.budgets.map((budget) => (
            <li key={budget.id} className="min-w-0">
              <BudgetMeter
                budget={budget}
                layout={isUpper ? 'detail' : 'row'}
                usedUpAt={usedUpAt[budget.id] ?? null}
                actions={actions}
              />
            </li>
          ))}
        </ul>
      ) : node.scope === 'member' ? null : (
        <p className="text-muted text-sm lg:pt-1">{t(node.boundBy ? 'noneOfItsOwn' : 'none')}</p>
      )}
    </div>
  )
}
