import type { ReRatingProgressFacts } from '#components/re-ratings/re-rating-facts.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { getReRating } from '#lib/prices/get-re-rating.ts'
import { jsonAnswer } from '../../../../../json-answer.ts'

interface Context {
  params: Promise<{ organization: string }>
}

/** How far a re-rating has come; `of` names it. No action, for actions wait for each other and the one that re-rates is at work. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const member = await currentMember((await params).organization)
  const id = new URL(request.url).searchParams.get('of') ?? ''
  return jsonAnswer(async (): Promise<ReRatingProgressFacts> => {
    const { requests, finishedAt } = await getReRating(member, id)
    return { done: requests, isFinished: finishedAt !== null }
  })
}
