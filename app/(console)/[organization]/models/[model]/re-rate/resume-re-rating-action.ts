'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { resumeReRating } from '#lib/prices/resume-re-rating.ts'
import { asActionResult } from '../../../../as-action-result.ts'

export async function resumeReRatingAction(organization: string, id: string) {
  return asActionResult(async () => {
    const { requests } = await resumeReRating(await currentMember(organization), id)
    refresh()
    return { requests }
  })
}
