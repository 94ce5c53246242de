import type { BudgetFacts } from '#components/budgets/budget-facts.ts'
import type { BudgetNode } from '#components/budgets/budget-node.ts'
import type { BudgetView } from '#lib/budgets/budget-view.ts'
import type { BudgetTree } from '#lib/budgets/get-budget-tree.ts'
import { budgetFactsOf } from '../../budget-facts-of.ts'

type TreeKey = BudgetTree['keys'][number]

/** The budgets that bind a key: first the one that can pay for the least. */
export function bindingOf(tree: BudgetTree, organizationId: string, key: TreeKey): BudgetFacts[] {
  const scopes = [key.id, key.membershipId, key.projectId, organizationId]
  return tree.budgets
    .filter(({ scopeId, tag }) => scopes.includes(scopeId) && (tag === null || key.tags.includes(tag)))
    .toSorted(
      (a, b) => Number(a.model !== null) - Number(b.model !== null) || Number(a.availableNanos - b.availableNanos),
    )
    .map(budgetFactsOf)
}

/** Organization › project › member › key, with what bounds each from above. */
export function budgetNodesOf(tree: BudgetTree, organization: { id: string; name: string; slug: string }): BudgetNode {
  const own = (scopeId: string) => tree.budgets.filter((budget) => budget.scopeId === scopeId)
  const leaf = (key: TreeKey, others: string[]): BudgetNode => ({
    id: key.id,
    scope: 'key',
    name: key.name,
    href: `/${organization.slug}/keys/${key.id}`,
    budgets: own(key.id).map(budgetFactsOf),
    boundBy: boundOf(own(key.id), others.flatMap(own), key.tags),
    children: [],
    keyCount: 1,
  })
  const projects = tree.projects.map(({ id, name }): BudgetNode => {
    const keys = tree.keys.filter((key) => key.projectId === id)
    const members = [...Map.groupBy(keys, (key) => key.membershipId)].map(([membershipId, theirs]): BudgetNode => {
      const mine = membershipId === null ? [] : own(membershipId)
      return {
        id: `${id}-${membershipId}`,
        scope: 'member',
        name: theirs[0]!.memberName ?? '—',
        href: null,
        budgets: mine.map(budgetFactsOf),
        boundBy: null,
        children: theirs.map((key) => leaf(key, [...(membershipId ? [membershipId] : []), id, organization.id])),
        keyCount: theirs.length,
      }
    })
    return {
      id,
      scope: 'project',
      name,
      href: `/${organization.slug}/projects/${id}`,
      budgets: own(id).map(budgetFactsOf),
      boundBy: boundOf(own(id), own(organization.id), []),
      children: members,
      keyCount: keys.length,
    }
  })
  return {
    id: organization.id,
    scope: 'organization',
    name: organization.name,
    href: null,
    budgets: own(organization.id).map(budgetFactsOf),
    boundBy: null,
    children: projects,
    keyCount: tree.keys.length,
  }
}

/** Of the budgets above the one that leaves least, where that is less than all of its own do. */
function boundOf(own: BudgetView[], above: BudgetView[], tags: string[]): BudgetFacts | null {
  const plain = (budget: BudgetView) => budget.model === null && (budget.tag === null || tags.includes(budget.tag))
  const tightest = (budgets: BudgetView[]) =>
    budgets.filter(plain).reduce<BudgetView | null>((least, one) => {
      return least === null || one.availableNanos < least.availableNanos ? one : least
    }, null)
  const [mine, theirs] = [tightest(own), tightest(above)]
  if (!theirs || (mine && mine.availableNanos <= theirs.availableNanos)) return null
  return budgetFactsOf(theirs)
}
