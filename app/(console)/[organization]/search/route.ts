import { currentMember } from '#lib/auth/current-member.ts'
import { StipendError } from '#lib/core/errors.ts'
import { searchEverything } from '#lib/search/search-everything.ts'

/** What the command palette finds beside pages and actions. */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params
  const member = await currentMember(organization)
  const text = new URL(request.url).searchParams.get('q')?.trim().slice(0, 100)
  if (!text) return Response.json({ hits: [] })
  try {
    const hits = await searchEverything(member, { text })
    return Response.json({ hits }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (error instanceof StipendError) return Response.json({ hits: [] }, { status: error.status })
    throw error
  }
}
