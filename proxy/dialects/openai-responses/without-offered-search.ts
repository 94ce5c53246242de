import { listOf } from '../../json/read-value.ts'
import { isOfferedSearch } from './is-offered-search.ts'

/** The same body, but for the searches that are left out of it. */
export function withoutOfferedSearch(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const tools = listOf(body.tools)
  const kept = tools.filter((tool) => !isOfferedSearch(body, tool))
  return kept.length === tools.length ? body : { ...body, tools: kept }
}
