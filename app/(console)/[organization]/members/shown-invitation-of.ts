import type { ShownInvitation } from '#components/members/member-facts.ts'
import type { SentInvitation } from '#lib/invitations/send-invitation.ts'

export function shownInvitationOf({ mailed, link }: SentInvitation, origin: string): ShownInvitation {
  return {
    mailed,
    link: link && { url: `${origin}/join?token=${link.token}`, expiresAt: link.expiresAt.toISOString() },
  }
}
