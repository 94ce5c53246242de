import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type ProjectView, viewProjects } from './project-view.ts'

export async function listProjects(member: Member): Promise<ProjectView[]> {
  authorize(member, 'projects.read')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const rows = await tx.project.findMany({ where: { organizationId, archivedAt: null }, orderBy: { name: 'asc' } })
    return viewProjects(tx, organizationId, rows)
  })
}
