import type { Member } from '../auth/member.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { insertDeployment } from './insert-deployment.ts'
import type { DeploymentInput } from './model-fields.ts'
import type { ModelRow } from './model-view.ts'

/** Makes these the deployments of a model: one that stays keeps its id and prices. The caller has authorised and audits. */
export async function replaceDeployments(
  tx: Transaction,
  member: Member,
  model: ModelRow,
  wanted: DeploymentInput[],
): Promise<void> {
  const { organizationId } = member
  const isSame = (a: { providerId: string; upstreamModel: string }, b: { providerId: string; upstreamModel: string }) =>
    a.providerId === b.providerId && a.upstreamModel === b.upstreamModel
  for (const row of model.deployments) {
    const kept = wanted.find((deployment) => isSame(deployment, row))
    const data = kept ? { priority: kept.priority, weight: kept.weight } : { archivedAt: new Date() }
    await tx.deployment.update({ where: { id: row.id, organizationId }, data })
  }
  for (const [index, deployment] of wanted.entries()) {
    if (model.deployments.some((row) => isSame(deployment, row))) continue
    await insertDeployment(tx, member, model.id, deployment, `deployments.${index}.providerId`)
  }
}
