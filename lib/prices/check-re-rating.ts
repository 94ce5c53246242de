import { StipendError } from '../core/errors.ts'
import { idSchema } from '../core/ids.ts'
import { notFound } from '../core/not-found.ts'
import type { Transaction } from '../db/in-tenant.ts'
import { readClock } from '../db/read-clock.ts'

interface Target {
  modelId: string
  deploymentId: string | null
  from: Date
  to: Date
}

const mostRequests = 200_000

/** The model's name; throws where the model, its deployment or the span is not one that can be re-rated. */
export async function checkReRating(tx: Transaction, organizationId: string, target: Target): Promise<string> {
  const { modelId, deploymentId, from, to } = target
  const model = idSchema.safeParse(modelId).success
    ? await tx.model.findFirst({ where: { id: modelId, organizationId, archivedAt: null } })
    : null
  if (!model) throw notFound('model', 'modelId')
  if (deploymentId !== null) {
    const deployment = idSchema.safeParse(deploymentId).success
      ? await tx.deployment.findFirst({ where: { id: deploymentId, modelId, organizationId } })
      : null
    if (!deployment) throw notFound('deployment', 'deploymentId')
  }
  if (to <= from || to > (await readClock(tx))) {
    throw new StipendError('invalid_request_error', 'Choose a span of the past.', { param: 'to' })
  }
  const [found] = await tx.$queryRaw<[{ count: bigint }]>`
    SELECT count(*) FROM (
      SELECT FROM requests r
      WHERE r.organization_id = ${organizationId}::uuid AND r.created_at >= ${from} AND r.created_at < ${to}
        AND r.deployment_id IN (SELECT d.id FROM deployments d WHERE d.model_id = ${modelId}::uuid)
      LIMIT ${mostRequests + 1}
    ) found`
  if (found.count > mostRequests) {
    throw new StipendError('invalid_request_error', `A re-rating takes up to ${mostRequests} requests. Shorten it.`, {
      param: 'from',
    })
  }
  return model.name
}
