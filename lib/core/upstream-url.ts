import { azurePath } from './azure-path.ts'
import type { Wire } from './dialects.ts'
import { joinBasePath } from './join-base-path.ts'

/** A vendor's place, as it is kept with a provider. */
export interface Place {
  wire: Wire
  /** As the vendor's own SDK takes it; a query in it goes along with every call. */
  baseUrl: string
}

/** What stands in a base URL for us alone. */
const ownParameters = ['region']

/** The whole address of one call: `path` lies below the base URL, and may have a query. */
export function upstreamUrl({ wire, baseUrl }: Place, path: string, upstreamModel: string): URL {
  const base = new URL(baseUrl)
  const pathname = base.pathname.replace(/\/+$/, '')
  const [below = '', query = ''] = splitAt(wire === 'azure' ? azurePath(pathname, path, upstreamModel) : path, '?')
  const url = new URL(base.origin)
  url.pathname = joinBasePath(pathname, below)
  url.search = [query, keptQuery(base)].filter(Boolean).join('&')
  return url
}

function keptQuery({ search }: URL): string {
  return search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !ownParameters.includes(pair.split('=')[0] ?? ''))
    .join('&')
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
