import type { DeploymentView } from '#lib/models/model-view.ts'

/** A deployment as it is, for a list of what there shall be. */
export function deploymentInputOf({ providerId, upstreamModel, priority, weight }: DeploymentView) {
  return { providerId, upstreamModel, priority, weight }
}
