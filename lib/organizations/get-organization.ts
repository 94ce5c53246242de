import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'
import { type OrganizationView, viewOfOrganization } from './organization-view.ts'

export async function getOrganization(member: Member): Promise<OrganizationView> {
  authorize(member, 'organization.read')
  const { organizationId: id } = member
  return inTenant(id, async (tx) => viewOfOrganization(await tx.organization.findUniqueOrThrow({ where: { id } })))
}
