import { gatewayBaseUrl } from './gateway-base-url.ts'

/** Where people find this server, for links that they send each other. */
export async function publicOrigin(): Promise<string> {
  return (await gatewayBaseUrl()).replace(/\/v1$/, '')
}
