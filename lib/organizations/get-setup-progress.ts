import { authorize, type Member } from '../auth/member.ts'
import { inTenant } from '../db/in-tenant.ts'

/** What is there of all that a first call needs. */
export interface SetupProgress {
  provider: boolean
  model: boolean
  project: boolean
  key: boolean
  /** A call that a vendor answered. */
  call: boolean
}

export async function getSetupProgress(member: Member): Promise<SetupProgress> {
  authorize(member, 'usage.read')
  const { organizationId: id } = member
  return inTenant(id, async (tx) => {
    const [progress] = await tx.$queryRaw<[SetupProgress]>`
      SELECT
        EXISTS (SELECT FROM providers WHERE organization_id = ${id}::uuid AND archived_at IS NULL) AS provider,
        EXISTS (SELECT FROM models WHERE organization_id = ${id}::uuid AND archived_at IS NULL) AS model,
        EXISTS (SELECT FROM projects WHERE organization_id = ${id}::uuid AND archived_at IS NULL) AS project,
        EXISTS (SELECT FROM keys WHERE organization_id = ${id}::uuid AND revoked_at IS NULL) AS key,
        EXISTS (SELECT FROM usage_hours WHERE organization_id = ${id}::uuid AND outcome = 'ok') AS call`
    return progress
  })
}
