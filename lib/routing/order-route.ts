import { z } from 'zod'
import { authorize, type Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { parseInput } from '../core/parse-input.ts'
import { changeModel } from '../models/change-model.ts'
import { getModel } from '../models/get-model.ts'
import { listProviders } from '../providers/list-providers.ts'

const schema = z.array(z.array(z.string()).min(1)).min(1)

/** Puts the deployments of a model into tiers, the first to be tried first. Each of them must be in one. */
export async function orderRoute(member: Member, modelId: string, input: string[][]): Promise<void> {
  authorize(member, 'models.change')
  const tiers = parseInput(schema, input)
  const { deployments } = await getModel(member, modelId)
  const providers = new Map((await listProviders(member)).map(({ id, priority }) => [id, priority]))
  const ids = tiers.flat()
  if (ids.length !== deployments.length || !deployments.every(({ id }) => ids.includes(id))) {
    throw new StipendError('conflict', 'Somebody changed the deployments of this model meanwhile. Look again.')
  }
  // A provider's own priority counts too: what is added here makes up for it.
  const most = Math.max(...deployments.map(({ providerId }) => providers.get(providerId) ?? 0))
  await changeModel(member, modelId, {
    deployments: deployments.map(({ id, providerId, upstreamModel, weight }) => ({
      providerId,
      upstreamModel,
      weight,
      priority: most + tiers.findIndex((tier) => tier.includes(id)) - (providers.get(providerId) ?? 0),
    })),
  })
}
