import { readUsageQuery } from '#components/usage/usage-view.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { StipendError } from '#lib/core/errors.ts'
import { summarizeUsage } from '#lib/usage/summarize-usage.ts'
import { explorerWindow } from '../explorer-window.ts'
import { usageInputOf } from '../usage-input-of.ts'
import { csvOfUsage } from './csv-of-usage.ts'

const mostRows = 200_000

/** What the explorer shows as a file: every group by its own name, and every interval. It is whole or it is refused. */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params
  const member = await currentMember(organization)
  const query = readUsageQuery(Object.fromEntries(new URL(request.url).searchParams))
  const window = explorerWindow(query, member.organization.timeZone)
  const { interval, from, to } = window
  try {
    const summary = await summarizeUsage(member, { ...usageInputOf(query), interval, from, to }, mostRows)
    const days = [from, to].map((moment) => moment.toISOString().slice(0, 10)).join('-to-')
    return new Response(csvOfUsage(summary, window), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="stipend-usage-${organization}-${days}.csv"`,
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    if (error instanceof StipendError) return Response.json({ error: error.message }, { status: error.status })
    throw error
  }
}
