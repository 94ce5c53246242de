'use server'

import { refresh } from 'next/cache'
import { currentMember } from '#lib/auth/current-member.ts'
import { type InviteMemberInput, inviteMember } from '#lib/invitations/invite-member.ts'
import { asActionResult } from '../../as-action-result.ts'
import { publicOrigin } from '../../public-origin.ts'
import { shownInvitationOf } from './shown-invitation-of.ts'

/** Adds a person and lets them know, or answers the link by which they come in. */
export async function inviteMemberAction(organization: string, draft: InviteMemberInput) {
  return asActionResult(async () => {
    const origin = await publicOrigin()
    const { member, ...sent } = await inviteMember(await currentMember(organization), draft, origin)
    refresh()
    return { name: member.name, ...shownInvitationOf(sent, origin) }
  })
}
