import { CircleDollarSign } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AskCard } from '#components/budgets/ask-card.tsx'
import { BudgetTree } from '#components/budgets/budget-tree.tsx'
import { NewBudget } from '#components/budgets/new-budget.tsx'
import { RaisesTable } from '#components/budgets/raises-table.tsx'
import { LiveRefresh } from '#components/live/live-refresh.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Section } from '#components/ui/section.tsx'
import { TimeZoneNote } from '#components/ui/time-zone-note.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { forecastBudgets } from '#lib/budgets/forecast-budgets.ts'
import { getBudgetTree } from '#lib/budgets/get-budget-tree.ts'
import { listAsks } from '#lib/budgets/list-asks.ts'
import { listRaises } from '#lib/budgets/list-raises.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { listModels } from '#lib/models/list-models.ts'
import { askFactsOf } from '../../ask-facts-of.ts'
import { budgetActionsOf } from './budget-actions-of.ts'
import { bindingOf, budgetNodesOf } from './budget-nodes-of.ts'
import { createBudgetAction } from './create-budget-action.ts'
import { raiseFactsOf } from './raise-facts-of.ts'

interface BudgetsPageProps {
  params: Promise<{ organization: string }>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('budgets'))('title') }
}

export default async function BudgetsPage({ params }: BudgetsPageProps) {
  const [{ organization }, t, tBudget] = await Promise.all([
    params,
    getTranslations('budgets'),
    getTranslations('console.budget'),
  ])
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'projects.read')) return <NoPermission />
  const [tree, forecasts, asks, raises, members, models] = await Promise.all([
    getBudgetTree(member),
    forecastBudgets(member),
    listAsks(member, { status: 'open' }),
    listRaises(member),
    listMembers(member),
    listModels(member),
  ])
  const actions = budgetActionsOf(member)
  const names = new Map(
    tree.budgets.map((budget) => [
      budget.id,
      [
        budget.scope === 'key' ? budget.scopeName : tBudget(`scopes.${budget.scope}`, { name: budget.scopeName }),
        tBudget(`names.${budget.period}`),
      ].join(' · '),
    ]),
  )
  const create = actions ? (
    <NewBudget
      create={createBudgetAction.bind(null, organization)}
      mayChangeOrganization={actions.mayChangeOrganization}
      projects={tree.projects}
      members={members.map(({ id, name, email }) => ({ id, name, email }))}
      keys={tree.keys.map(({ id, name, memberName }) => ({ id, name, detail: memberName ?? '—' }))}
      models={models.map(({ name }) => name)}
      tags={[...new Set(tree.keys.flatMap(({ tags }) => tags))].sort()}
    />
  ) : null
  return (
    <div className="grid grid-cols-1 gap-10">
      <LiveRefresh organization={organization} />
      <PageHeader title={t('title')} description={t('description')} actions={create} />
      {asks.length > 0 ? (
        <Section title={t('asks.title')} description={t('asks.description')}>
          <div className="grid gap-2">
            {asks.map((ask) => {
              const key = tree.keys.find(({ id }) => id === ask.keyId)
              return (
                <AskCard
                  key={ask.id}
                  ask={askFactsOf(ask)}
                  keyHref={`/${organization}/keys/${ask.keyId}`}
                  budgets={key ? bindingOf(tree, member.organizationId, key) : []}
                  actions={actions}
                />
              )
            })}
          </div>
        </Section>
      ) : null}
      {tree.budgets.length > 0 || tree.keys.length > 0 ? (
        <BudgetTree
          root={budgetNodesOf(tree, member.organization)}
          usedUpAt={Object.fromEntries([...forecasts].map(([id, at]) => [id, at.toISOString()]))}
          actions={actions}
        />
      ) : (
        <EmptyState icon={<CircleDollarSign />} title={t('empty.title')} description={t('empty.description')} />
      )}
      {raises.length > 0 ? (
        <Section title={t('raises.title')} description={t('raises.description')}>
          <RaisesTable
            raises={raises.map((raise) => raiseFactsOf(raise, names.get(raise.budgetId) ?? null))}
            end={actions?.endRaise ?? null}
          />
        </Section>
      ) : null}
      <TimeZoneNote />
    </div>
  )
}
