import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import { inTenant } from '../db/in-tenant.ts'
import { forgetHealth } from '../providers/forget-health.ts'

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
    const learned = await forgetHealth(tx, organizationId, ids)
    await recordAudit(tx, member, {
      action: 'upstream.put_back',
      targetId: id,
      target,
      before: { states: learned },
      after: { states: learned.map((upstream) => ({ id: upstream.id, state: 'ok', reason: null })) },
    })
  })
}
