import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { getProjectRow } from './get-project-row.ts'
import { type ProjectView, viewProjects } from './project-view.ts'

export async function getProject(member: Member, id: string): Promise<ProjectView> {
  authorize(member, 'projects.read')
  const { organizationId } = member
  return inTenant(organizationId, async (tx) => {
    const row = await getProjectRow(tx, organizationId, id)
    const [view] = await viewProjects(tx, organizationId, [row])
    return view!
  })
}
