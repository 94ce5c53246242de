'use server'

import { currentMember } from '#lib/auth/current-member.ts'
import { clearSecondFactors } from '#lib/two-factor/clear-second-factors.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function clearSecondFactorsAction(organization: string, id: string) {
  return asActionResult(async () => clearSecondFactors(await currentMember(organization), id))
}
