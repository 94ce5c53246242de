'use server'

import { refresh } from 'next/cache'
import type { RateDraft } from '#components/limits/rate-draft.ts'
import { currentMember } from '#lib/auth/current-member.ts'
import { parseInput } from '#lib/core/parse-input.ts'
import { changeOrganization } from '#lib/organizations/change-organization.ts'
import { asActionResult } from '../../../as-action-result.ts'
import { rateDraftSchema } from '../../../rate-draft-schema.ts'
import { readRates } from '../../../read-rates.ts'

export async function changeRatesAction(organization: string, draft: Partial<RateDraft>) {
  return asActionResult(async () => {
    const rates = readRates(parseInput(rateDraftSchema.partial(), draft))
    await changeOrganization(await currentMember(organization), rates)
    refresh()
    return null
  })
}
