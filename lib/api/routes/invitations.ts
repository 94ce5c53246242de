import { z } from 'zod'
import { nameSchema } from '../../core/fields.ts'
import { environment } from '../../environment.ts'
import { inviteMember } from '../../invitations/invite-member.ts'
import { listInvitations } from '../../invitations/list-invitations.ts'
import { revokeInvitation } from '../../invitations/revoke-invitation.ts'
import { sendInvitation } from '../../invitations/send-invitation.ts'
import { rolesFromHighest } from '../../members/refuse-higher-role.ts'
import { pageOfList } from '../page-of-list.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, removed, time } from '../wire-fields.ts'

const role = z.enum(rolesFromHighest)

const invitation = z
  .object({
    id: id.meta({ description: "The member's" }),
    email: z.string(),
    name: z.string(),
    role,
    created_at: time,
    expires_at: time,
    mailed_at: time.nullable(),
  })
  .meta({ id: 'Invitation' })

const sent = {
  mailed: z.boolean(),
  link: z
    .object({ token: z.string(), expires_at: time })
    .nullable()
    .meta({ description: 'Where no mail went out: open /join?token=… with it' }),
}

export const invitationRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/invitations',
    summary: 'List members who were invited and have not come in',
    permission: 'members.read',
    query: pageQuery,
    answer: pageOf(invitation),
    handle: async ({ member, query }) => pageOfList(await listInvitations(member), query),
  }),
  route({
    method: 'POST',
    path: '/invitations',
    summary: 'Invite a person by address and role: by mail, or with a one-time link where none can be sent',
    permission: 'members.change',
    body: z.strictObject({ email: z.email(), name: nameSchema.optional(), role: role.optional() }),
    status: 201,
    answer: z.object({ id, ...sent }),
    handle: async ({ member, body }) => {
      const { member: invited, ...rest } = await inviteMember(member, body, publicUrl())
      return { id: invited.id, ...rest }
    },
  }),
  route({
    method: 'POST',
    path: '/invitations/{id}/resend',
    summary: 'Make a new link and send it; the one before ends',
    permission: 'members.change',
    answer: z.object(sent),
    handle: ({ member, id }) => sendInvitation(member, id, publicUrl()),
  }),
  route({
    method: 'DELETE',
    path: '/invitations/{id}',
    summary: 'Revoke the invitation of a member who has not come in',
    permission: 'members.change',
    answer: removed,
    handle: async ({ member, id }) => {
      await revokeInvitation(member, id)
      return { id, deleted: true }
    },
  }),
]

/** Where the links in a mail lead; a program's request says nothing about it. */
function publicUrl(): string | null {
  return environment().PUBLIC_URL ?? null
}
