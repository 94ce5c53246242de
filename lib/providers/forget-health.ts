import type { Transaction } from '../db/in-tenant.ts'

export interface LearnedHealth {
  id: string
  state: string
  reason: string | null
}

/** Lets a provider's credential (`id` of the provider) and its deployments be called at once; what was wrong with them before. */
export async function forgetHealth(tx: Transaction, organizationId: string, ids: string[]): Promise<LearnedHealth[]> {
  const learned = await tx.$queryRaw<LearnedHealth[]>`
    SELECT id, state, reason FROM upstream_health
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[]) AND state <> 'ok' ORDER BY id`
  // Newer than whatever a gateway wrote, be its clock ahead of the database's.
  await tx.$executeRaw`
    UPDATE upstream_health SET state = 'ok', reason = NULL, until = NULL,
      changed_at = greatest(now(), changed_at + interval '1 millisecond')
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])`
  return learned
}
