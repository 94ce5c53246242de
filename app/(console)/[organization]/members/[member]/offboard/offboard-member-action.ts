'use server'

import { currentMember } from '#lib/auth/current-member.ts'
import { offboardMember } from '#lib/offboarding/offboard-member.ts'
import type { OffboardingInput } from '#lib/offboarding/offboarding-choices.ts'
import { asActionResult } from '../../../../as-action-result.ts'

export async function offboardMemberAction(organization: string, id: string, choices: OffboardingInput) {
  return asActionResult(async () => {
    await offboardMember(await currentMember(organization), id, choices)
    return null
  })
}
