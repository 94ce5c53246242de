import { auditNouns } from '#components/audit/audit-facts.ts'
import { parseRange } from '#components/ui/ranges.ts'
import type { ListAuditEventsInput } from '#lib/audit/list-audit-events.ts'
import type { SignedInMember } from '#lib/auth/find-member.ts'
import { usageWindow } from '../../usage/usage-window.ts'

/** What the URL of the log may say. */
export type AuditSearch = Partial<Record<'range' | 'what' | 'who' | 'cursor', string>>

/** Reads the URL; what it says wrongly is as if it were not said. */
export function readAuditSearch(member: SignedInMember, search: AuditSearch): ListAuditEventsInput {
  const { from } = usageWindow(parseRange(search.range), member.organization.timeZone)
  const action = auditNouns.find((noun) => noun === search.what)
  const who = search.who?.trim().slice(0, 200)
  return {
    from,
    ...(action && { action }),
    ...(who && { actor: who }),
    ...(search.cursor && { cursor: search.cursor }),
  }
}
