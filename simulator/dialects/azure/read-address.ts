/** Which of Azure's two ways a path is of, and the deployment that it names; null: the body names it. */
export function readAddress(path: string): { isVersioned: boolean; deployment: string | null } {
  const deployment = /^\/openai\/deployments\/([^/]+)\//.exec(path)?.[1]
  return {
    isVersioned: !path.startsWith('/openai/v1/'),
    deployment: deployment === undefined ? null : decodeURIComponent(deployment),
  }
}
