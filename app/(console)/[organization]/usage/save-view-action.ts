'use server'

import { currentMember } from '#lib/auth/current-member.ts'
import { type SaveViewInput, saveView } from '#lib/views/save-view.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function saveViewAction(organization: string, draft: SaveViewInput) {
  return asActionResult(async () => saveView(await currentMember(organization), draft))
}
