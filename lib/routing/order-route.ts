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
  // A provider's own priority counts too: what is added here makes up for it, and no more than that. Each tier is as near
  // to the one before it as its providers let it be.
  const ownOf = ({ providerId }: { providerId: string }) => providers.get(providerId) ?? 0
  const priorities = new Map<string, number>()
  let before = -1
  for (const tier of tiers) {
    const members = deployments.filter(({ id }) => tier.includes(id))
    const effective = Math.max(before + 1, ...members.map(ownOf))
    for (const deployment of members) priorities.set(deployment.id, effective - ownOf(deployment))
    before = effective
  }
  await changeModel(member, modelId, {
    deployments: deployments.map(({ id, providerId, upstreamModel, weight }) => ({
      providerId,
      upstreamModel,
      weight,
      priority: priorities.get(id)!,
    })),
  })
}
