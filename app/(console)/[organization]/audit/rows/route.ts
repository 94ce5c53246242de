import { listAuditEvents } from '#lib/audit/list-audit-events.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { jsonAnswer } from '../../../json-answer.ts'
import { auditFactsOf } from '../audit-facts-of.ts'
import { readAuditSearch } from '../read-audit-search.ts'

const moreRows = 200

/** Rows of the log after `cursor`, by the same filter as the page. */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params
  const member = await currentMember(organization)
  const search = Object.fromEntries(new URL(request.url).searchParams)
  return jsonAnswer(async () => {
    const { rows, nextCursor } = await listAuditEvents(member, { ...readAuditSearch(member, search), limit: moreRows })
    const facts = rows.map((event) => auditFactsOf(event, `/${organization}`))
    return { rows: facts, nextCursor }
  })
}
