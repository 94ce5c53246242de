import { authorize, type Member } from '../auth/member.ts'
import { finishReRating } from './finish-re-rating.ts'
import { getReRating } from './get-re-rating.ts'
import type { ReRatingView } from './re-rating-view.ts'

/** Goes on with a re-rating that was cut off, by the price that it began with; one that is finished stays as it is. */
export async function resumeReRating(member: Member, id: string): Promise<ReRatingView> {
  authorize(member, 'models.change')
  const view = await getReRating(member, id)
  return view.finishedAt ? view : finishReRating(member, view)
}
