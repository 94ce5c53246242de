/** Whether a path belongs to the gateway; all others are the console's. Base URLs are taken with and without /v1. */
export function isGatewayPath(path: string): boolean {
  return /^\/(?:v1|v1beta)(?:\/|$)|^\/chat\/completions$|^\/models(?:\/|$)/.test(path)
}
