import type { Wire } from './dialects.ts'

/** Addresses as people copy them from a vendor's own pages, brought to the one spelling that calls are made from. */
export function tidyBaseUrl(wire: Wire, text: string): string {
  if (!URL.canParse(text)) return text
  const url = new URL(text)
  if (wire === 'azure') tidyAzure(url)
  if (wire === 'vertex') url.pathname = url.pathname.replace(/(\/locations\/[^/]+)\/.*$/, '$1')
  return wire === 'azure' || wire === 'vertex' ? url.href : text
}

/** The endpoint of a resource, or the whole address of one of its deployments, as the portal shows both. */
function tidyAzure(url: URL): void {
  const version = url.searchParams.get('api-version')
  const below = /^(.*\/openai)(?:\/deployments(?:\/.*)?)?\/?$/.exec(url.pathname)?.[1]
  if (!below && url.pathname !== '/') return
  url.pathname = version ? (below ?? '/openai') : `${below ?? '/openai'}/v1`
}
