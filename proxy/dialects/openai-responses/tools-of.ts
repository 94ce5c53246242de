import { asRecord } from '../../json/as-record.ts'
import { listOf } from '../../json/read-value.ts'
import type { ModelRequest } from '../dialect.ts'
import { isOfferedSearch } from './is-offered-search.ts'

interface GivenTool {
  tool: Readonly<Record<string, unknown>>
  path: string
  namespace: string | null
}

/** The tools of a request, also those that came in the middle of the talk, one by one; but for what is left out. */
export function toolsOf(body: ModelRequest['body']): GivenTool[] {
  const offered = listOf(body.tools).flatMap((tool, index) =>
    isOfferedSearch(body, tool) ? [] : membersOf(tool, `tools.${index}`, null),
  )
  const added = (Array.isArray(body.input) ? body.input : []).flatMap((item, at) =>
    listOf(asRecord(item).tools).flatMap((tool, index) => membersOf(tool, `input.${at}.tools.${index}`, null)),
  )
  return [...offered, ...added]
}

function membersOf(value: unknown, path: string, namespace: string | null): GivenTool[] {
  const tool = asRecord(value)
  const { type, name, tools } = tool
  if (type !== 'namespace' || namespace !== null || typeof name !== 'string') return [{ tool, path, namespace }]
  return listOf(tools).flatMap((member, index) => membersOf(member, `${path}.tools.${index}`, name))
}
