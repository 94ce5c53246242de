import { recordAudit } from '../audit/record-audit.ts'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { inTenant } from '../db/in-tenant.ts'
import { getProjectRow } from './get-project-row.ts'

/** A project goes only when its keys have gone, so that nobody is cut off by surprise. */
export async function removeProject(member: Member, id: string): Promise<void> {
  authorize(member, 'projects.change')
  const { organizationId } = member
  await inTenant(organizationId, async (tx) => {
    const { name, ...row } = await getProjectRow(tx, organizationId, id)
    const archivedAt = new Date()
    // Archived before the keys are counted: a key that is being made waits for this row or is seen here.
    await tx.project.update({ where: { id: row.id, organizationId }, data: { archivedAt } })
    const keys = await tx.key.count({ where: { organizationId, projectId: row.id, revokedAt: null } })
    if (keys > 0) {
      throw new StipendError('conflict', `This project still has ${keys} keys. Revoke or move them first.`)
    }
    await tx.budget.updateMany({
      where: { organizationId, scope: 'project', scopeId: row.id, archivedAt: null },
      data: { archivedAt },
    })
    await recordAudit(tx, member, { action: 'project.remove', targetId: row.id, target: name, before: { name } })
  })
}
