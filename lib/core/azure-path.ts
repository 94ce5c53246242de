/** What Azure serves for the resource as a whole; everything else belongs to one deployment of it. */
const ofResource = /^\/(?:responses|models|files|batches)(?:[/?]|$)/

/**
 * Azure has two ways to be called: the newer `/openai/v1` takes the deployment's name as the model, the older `/openai`
 * with its `api-version` wants it in the path.
 */
export function azurePath(base: string, path: string, deployment: string): string {
  if (!base.endsWith('/openai') || ofResource.test(path)) return path
  return `/deployments/${encodeURIComponent(deployment)}${path}`
}
