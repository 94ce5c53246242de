import { z } from 'zod'
import { createAccessLink } from '../../access-links/create-access-link.ts'
import { revokeAccessLinks } from '../../access-links/revoke-access-links.ts'
import { nameSchema } from '../../core/fields.ts'
import { changeMember } from '../../members/change-member.ts'
import { createMember } from '../../members/create-member.ts'
import { getMember } from '../../members/get-member.ts'
import { listMembers } from '../../members/list-members.ts'
import { rolesFromHighest } from '../../members/refuse-higher-role.ts'
import { removeMember } from '../../members/remove-member.ts'
import { listFormerMembers } from '../../offboarding/list-former-members.ts'
import { offboardMember } from '../../offboarding/offboard-member.ts'
import { offboardingChoicesSchema } from '../../offboarding/offboarding-choices.ts'
import { previewOffboarding } from '../../offboarding/preview-offboarding.ts'
import { reinstateMember } from '../../offboarding/reinstate-member.ts'
import { clearSecondFactors } from '../../two-factor/clear-second-factors.ts'
import { pageOfList } from '../page-of-list.ts'
import { type Route, route } from '../route.ts'
import { id, pageOf, pageQuery, removed, time } from '../wire-fields.ts'
import { budget } from './budget-wire.ts'
import { keySummary } from './keys.ts'

const role = z.enum(rolesFromHighest)

const member = z
  .object({
    id,
    user_id: id,
    email: z.string(),
    name: z.string(),
    role,
    key_count: z.int(),
    can_sign_in: z.boolean(),
    created_at: time,
  })
  .meta({ id: 'Member' })

const offboarding = z
  .object({
    member,
    keys: z.array(keySummary),
    budgets: z.array(budget),
    management_keys: z.array(z.object({ id, name: z.string(), role })),
    channels: z.array(z.string()).meta({ description: 'Names of alert channels that write to the member' }),
    open_asks: z.int(),
  })
  .meta({ id: 'Offboarding' })

export const memberRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/members',
    summary: 'List members',
    permission: 'members.read',
    query: pageQuery,
    answer: pageOf(member),
    handle: async ({ member, query }) => pageOfList(await listMembers(member), query),
  }),
  route({
    method: 'POST',
    path: '/members',
    summary: 'Add a person, with a role that the key has at least',
    permission: 'members.change',
    body: z.strictObject({ email: z.email(), name: nameSchema, role: role.optional() }),
    status: 201,
    answer: member,
    handle: ({ member, body }) => createMember(member, body),
  }),
  route({
    method: 'GET',
    path: '/members/{id}',
    summary: 'Read a member',
    permission: 'members.read',
    answer: member,
    handle: ({ member, id }) => getMember(member, id),
  }),
  route({
    method: 'PATCH',
    path: '/members/{id}',
    summary: "Change a member's role",
    permission: 'members.change',
    body: z.strictObject({ role }),
    answer: member,
    handle: ({ member, id, body }) => changeMember(member, id, body),
  }),
  route({
    method: 'DELETE',
    path: '/members/{id}',
    summary: 'Remove a member and revoke the own keys',
    permission: 'members.change',
    answer: removed,
    handle: async ({ member, id }) => {
      await removeMember(member, id)
      return { id, deleted: true }
    },
  }),
  route({
    method: 'POST',
    path: '/members/{id}/access-link',
    summary: 'Make a one-time link by which a member sets a password; earlier ones end. Open /join?token=… with it',
    permission: 'members.change',
    status: 201,
    answer: z.object({ token: z.string(), expires_at: time }),
    handle: ({ member, id }) => createAccessLink(member, id),
  }),
  route({
    method: 'DELETE',
    path: '/members/{id}/access-link',
    summary: 'Withdraw the open links of a member',
    permission: 'members.change',
    answer: z.object({ withdrawn: z.int() }),
    handle: async ({ member, id }) => ({ withdrawn: await revokeAccessLinks(member, id) }),
  }),
  route({
    method: 'DELETE',
    path: '/members/{id}/second-factors',
    summary: 'Take the second factors off a member who lost them, and sign them out everywhere',
    permission: 'members.change',
    answer: z.object({ removed: z.int() }),
    handle: async ({ member, id }) => ({ removed: await clearSecondFactors(member, id) }),
  }),
  route({
    method: 'GET',
    path: '/members/{id}/offboarding',
    summary: 'Read what a member would leave behind',
    permission: 'members.change',
    answer: offboarding,
    handle: ({ member, id }) => previewOffboarding(member, id),
  }),
  route({
    method: 'POST',
    path: '/members/{id}/offboard',
    summary: 'End a membership and say what becomes of keys, budgets and management keys, all of it or nothing',
    permission: 'members.change',
    body: z.strictObject({
      keys: offboardingChoicesSchema.shape.keys.unwrap().optional(),
      budgets: offboardingChoicesSchema.shape.budgets.unwrap().optional(),
      management_keys: offboardingChoicesSchema.shape.managementKeys.unwrap().optional(),
      heir_id: z.string().optional().meta({ description: 'The member who takes over what is transferred' }),
    }),
    answer: offboarding,
    handle: ({ member, id, body }) => offboardMember(member, id, body),
  }),
  route({
    method: 'POST',
    path: '/members/{id}/reinstate',
    summary: 'Bring a former member back, with the keys that paused and the budgets that ended when they left',
    permission: 'members.change',
    answer: member,
    handle: ({ member, id }) => reinstateMember(member, id),
  }),
  route({
    method: 'GET',
    path: '/former-members',
    summary: 'List who belonged here once, the latest to leave first',
    permission: 'members.change',
    query: pageQuery,
    answer: pageOf(z.object({ id, email: z.string(), name: z.string(), role, removed_at: time, paused_keys: z.int() })),
    handle: async ({ member, query }) => pageOfList(await listFormerMembers(member), query),
  }),
]
