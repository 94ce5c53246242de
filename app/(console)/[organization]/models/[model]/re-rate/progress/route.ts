import type { ReRatingProgressFacts } from '#components/re-ratings/re-rating-facts.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { StipendError } from '#lib/core/errors.ts'
import { readReRatingProgress } from '#lib/prices/read-re-rating-progress.ts'

interface Context {
  params: Promise<{ organization: string }>
}

/** How far a re-rating has come; `of` names it. No action, for actions wait for each other and the one that re-rates is at work. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { organization } = await params
  const id = new URL(request.url).searchParams.get('of') ?? ''
  try {
    const { done, left, finishedAt } = await readReRatingProgress(await currentMember(organization), id)
    const facts: ReRatingProgressFacts = { done, left, isFinished: finishedAt !== null }
    return Response.json(facts, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (error instanceof StipendError) return Response.json(null, { status: error.status })
    throw error
  }
}
