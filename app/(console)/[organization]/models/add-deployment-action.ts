'use server'

import { refresh } from 'next/cache'
import type { DeploymentDraft } from '#components/models/model-actions.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { changeModel } from '#lib/models/change-model.ts'
import { getModel } from '#lib/models/get-model.ts'
import { asActionResult } from '../../as-action-result.ts'
import { deploymentInputOf } from './deployment-input-of.ts'

export async function addDeploymentAction(organization: string, modelId: string, draft: DeploymentDraft) {
  return asActionResult(async () => {
    const member = await currentMember(organization)
    const { deployments } = await getModel(member, modelId)
    await changeModel(member, modelId, { deployments: [...deployments.map(deploymentInputOf), draft] })
    refresh()
    return null
  })
}
