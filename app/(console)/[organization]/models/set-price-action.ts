'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import type { NewPriceDraft } from '#components/models/model-actions.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { StipendError } from '#lib/core/errors.ts'
import { localDateOf } from '#lib/core/local-date-of.ts'
import { startOfDate } from '#lib/core/start-of-date.ts'
import { setPrice } from '#lib/prices/set-price.ts'
import { asActionResult } from '../../as-action-result.ts'
import { readPriceDraft } from './read-price-draft.ts'

export async function setPriceAction(organization: string, modelId: string, draft: NewPriceDraft) {
  return asActionResult(async () => {
    const member = await currentMember(organization)
    const { timeZone } = member.organization
    await setPrice(member, {
      ...readPriceDraft(draft.price),
      modelId,
      deploymentId: draft.deploymentId,
      ...(draft.startsOn !== null && { effectiveFrom: readStart(draft.startsOn, timeZone) }),
    })
    refresh()
    return null
  })
}

/** The beginning of a day that has not ended yet; today's counts as now. */
function readStart(date: unknown, timeZone: string): Date {
  const day = z.iso.date().safeParse(date)
  const today = localDateOf(new Date(), timeZone)
  if (!day.success || day.data < today) {
    throw new StipendError('invalid_request_error', 'Choose a date from today on.', { param: 'startsOn' })
  }
  return day.data === today ? new Date() : startOfDate(day.data, timeZone)
}
