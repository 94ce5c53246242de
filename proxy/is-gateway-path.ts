/** Base URLs are taken with and without /v1: these are the first segments below one. */
const withoutVersion = [
  'chat/completions',
  'completions',
  'responses',
  'embeddings',
  'models',
  'messages',
  'moderations',
  'images',
  'audio',
  'rerank',
].join('|')

const ofGateway = new RegExp(`^/(?:v1|v1beta|${withoutVersion})(?:/|$)`)

/** Whether a path belongs to the gateway; all others are the console's. */
export function isGatewayPath(path: string): boolean {
  return ofGateway.test(path)
}
