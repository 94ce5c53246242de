'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { revokeInvitation } from '#lib/invitations/revoke-invitation.ts'
import { asActionResult } from '../../as-action-result.ts'

export async function revokeInvitationAction(organization: string, id: string) {
  return asActionResult(async () => {
    await revokeInvitation(await currentMember(organization), id)
    refresh()
    return null
  })
}
