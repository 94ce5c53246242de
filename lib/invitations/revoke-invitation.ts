import type { Member } from '../auth/member.ts'
import { StipendError } from '../core/errors.ts'
import { getMember } from '../members/get-member.ts'
import { removeMember } from '../members/remove-member.ts'

/** Takes an invitation back: its link opens nothing and the place, with whatever keys it had, is gone. */
export async function revokeInvitation(member: Member, id: string): Promise<void> {
  const { canSignIn, email } = await getMember(member, id)
  if (canSignIn) {
    throw new StipendError('conflict', `${email} has come in already. Remove the member instead.`)
  }
  await removeMember(member, id)
}
