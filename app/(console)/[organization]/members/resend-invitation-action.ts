'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { sendInvitation } from '#lib/invitations/send-invitation.ts'
import { asActionResult } from '../../as-action-result.ts'
import { publicOrigin } from '../../public-origin.ts'
import { shownInvitationOf } from './shown-invitation-of.ts'

export async function resendInvitationAction(organization: string, id: string) {
  return asActionResult(async () => {
    const origin = await publicOrigin()
    const sent = await sendInvitation(await currentMember(organization), id, origin)
    refresh()
    return shownInvitationOf(sent, origin)
  })
}
