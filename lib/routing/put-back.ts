import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { inTenant } from '../db/in-tenant.ts'

/** Lets a deployment be called again at once, or a provider with all of its deployments, whatever was learned of it. */
export async function putBack(member: Member, id: string): Promise<void> {
  authorize(member, 'providers.change')
  const { organizationId } = member
  await inTenant(organizationId, async (tx) => {
    const isId = idSchema.safeParse(id).success
    const where = { organizationId, archivedAt: null }
    const provider = isId ? await tx.provider.findFirst({ where: { ...where, id } }) : null
    const deployments = isId
      ? await tx.deployment.findMany({ where: { ...where, ...(provider ? { providerId: id } : { id }) } })
      : []
    const target = provider?.name ?? deployments[0]?.upstreamModel
    if (target === undefined) throw notFound('provider')
    const ids = [id, ...deployments.map((deployment) => deployment.id)]
    const learned = await tx.$queryRaw<{ id: string; state: string; reason: string | null }[]>`
      SELECT id, state, reason FROM upstream_health
      WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[]) AND state <> 'ok' ORDER BY id`
    // Newer than whatever a gateway wrote, be its clock ahead of the database's.
    await tx.$executeRaw`
      UPDATE upstream_health SET state = 'ok', reason = NULL, until = NULL,
        changed_at = greatest(now(), changed_at + interval '1 millisecond')
      WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])`
    await recordAudit(tx, member, {
      action: 'upstream.put_back',
      targetId: id,
      target,
      before: { states: learned },
      after: { states: learned.map((upstream) => ({ id: upstream.id, state: 'ok', reason: null })) },
    })
  })
}
