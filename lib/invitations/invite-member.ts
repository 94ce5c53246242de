import type { Member } from '../auth/member.ts'
import { type CreateMemberInput, createMember } from '../members/create-member.ts'
import type { MemberView } from '../members/member-view.ts'
import { type SentInvitation, sendInvitation } from './send-invitation.ts'

export interface InviteMemberInput extends Omit<CreateMemberInput, 'name'> {
  /** Missing: what stands before the @, until they say what they are called. */
  name?: string
}

/** Adds a person by address and role, who can own keys at once, and lets them know. */
export async function inviteMember(
  member: Member,
  { name, ...rest }: InviteMemberInput,
  origin: string | null,
): Promise<SentInvitation & { member: MemberView }> {
  const view = await createMember(member, { ...rest, name: name?.trim() || rest.email.replace(/@.*$/, '').trim() })
  return { member: view, ...(await sendInvitation(member, view.id, origin)) }
}
