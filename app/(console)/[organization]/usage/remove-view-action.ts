'use server'

import { currentMember } from '#lib/auth/current-member.ts'
import { removeView } from '#lib/views/remove-view.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function removeViewAction(organization: string, id: string) {
  return asActionResult(async () => removeView(await currentMember(organization), id))
}
