import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'

/** How a credential or a deployment fares. */
export interface HealthView {
  /** Of the provider, for its credential; or of the deployment. */
  id: string
  kind: 'credential' | 'deployment'
  providerId: string
  providerName: string
  /** Null for a credential. */
  model: string | null
  upstreamModel: string | null
  state: 'ok' | 'cooling' | 'open' | 'half_open' | 'out_of_credit' | 'refused'
  reason: string | null
  /** When it is tried again by itself. */
  until: Date | null
  changedAt: Date | null
  firstTokenMs: number | null
  /** Between 0 and 1; null: not known. */
  errorRate: number | null
  inFlight: number | null
  seenAt: Date | null
}

/** Every live credential and deployment of the organization; what was never called is ok. */
export async function listHealth(member: Member): Promise<HealthView[]> {
  authorize(member, 'providers.read')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const where = { organizationId, archivedAt: null }
    const providers = await tx.provider.findMany({ where, orderBy: [{ priority: 'asc' }, { name: 'asc' }] })
    const deployments = await tx.deployment.findMany({ where, include: { model: true, provider: true } })
    const rows = await tx.upstreamHealth.findMany({ where: { organizationId } })
    const byId = new Map(rows.map((row) => [row.id, row]))
    const now = new Date()
    const factsOf = (
      id: string,
    ): Omit<HealthView, 'id' | 'kind' | 'providerId' | 'providerName' | 'model' | 'upstreamModel'> => {
      const row = byId.get(id)
      // A pause that is over needs no call to end it.
      const isOver = row?.state === 'cooling' && row.until !== null && row.until <= now
      return {
        state: row && !isOver ? (row.state as HealthView['state']) : 'ok',
        reason: row && !isOver ? row.reason : null,
        until: row && !isOver ? row.until : null,
        changedAt: row?.changedAt ?? null,
        firstTokenMs: row?.firstTokenMs ?? null,
        errorRate: row?.errorPermille == null ? null : row.errorPermille / 1000,
        inFlight: row?.inFlight ?? null,
        seenAt: row?.seenAt ?? null,
      }
    }
    return [
      ...providers.map(({ id, name }) => ({
        id,
        kind: 'credential' as const,
        providerId: id,
        providerName: name,
        model: null,
        upstreamModel: null,
        ...factsOf(id),
      })),
      ...deployments
        .filter(({ model, provider }) => model.archivedAt === null && provider.archivedAt === null)
        .map(({ id, providerId, provider, model, upstreamModel }) => ({
          id,
          kind: 'deployment' as const,
          providerId,
          providerName: provider.name,
          model: model.name,
          upstreamModel,
          ...factsOf(id),
        })),
    ]
  })
}
