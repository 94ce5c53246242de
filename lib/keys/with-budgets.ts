import { selectBudgets } from '../budgets/select-budgets.ts'
import { Prisma } from '../db/generated/client.ts'
import type { Transaction } from '../db/in-tenant.ts'
import type { KeySummary, KeyView } from './key-view.ts'

/** Adds to each key the budgets that bind it, its own first. */
export async function withBudgets(tx: Transaction, organizationId: string, keys: KeySummary[]): Promise<KeyView[]> {
  if (keys.length === 0) return []
  const scopes = [...new Set(keys.flatMap((key) => scopesOf(key, organizationId)))]
  const budgets = await selectBudgets(tx, organizationId, Prisma.sql`b.scope_id = ANY (${scopes}::uuid[])`)
  return keys.map((key) => {
    const own = new Set(scopesOf(key, organizationId))
    const binding = budgets.filter(({ scopeId, tag }) => own.has(scopeId) && (tag === null || key.tags.includes(tag)))
    return { ...key, budgets: binding.toSorted(byNearness) }
  })
}

function scopesOf(key: KeySummary, organizationId: string): string[] {
  return [key.id, key.projectId, organizationId, ...(key.membershipId ? [key.membershipId] : [])]
}

const nearestFirst = ['key', 'member', 'project', 'organization']

function byNearness(a: { scope: string }, b: { scope: string }): number {
  return nearestFirst.indexOf(a.scope) - nearestFirst.indexOf(b.scope)
}
