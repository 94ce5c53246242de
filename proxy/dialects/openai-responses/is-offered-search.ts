import { asRecord } from '../../json/as-record.ts'
import { listOf } from '../../json/read-value.ts'

const searchType = /^web_search(?:_preview)?(?:_\d{4}_\d{2}_\d{2})?$/

/**
 * The search of the vendor's that agents offer with every step, among tools of their own: nobody asked for it, so the
 * step goes on without. A search that is all there is, or that has to be used, is what was asked for.
 */
export function isOfferedSearch(
  { tools, tool_choice: choice }: Readonly<Record<string, unknown>>,
  tool: unknown,
): boolean {
  if (choice !== undefined && choice !== null && choice !== 'auto' && choice !== 'none') return false
  return isSearch(tool) && !listOf(tools).every(isSearch)
}

function isSearch(tool: unknown): boolean {
  return searchType.test(String(asRecord(tool).type))
}
