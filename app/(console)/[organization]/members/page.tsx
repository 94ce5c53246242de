import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { MembersView } from '#components/members/members-view.tsx'
import { NoPermission } from '#components/ui/no-permission.tsx'
import { currentMember } from '#lib/auth/current-member.ts'
import { roleMay } from '#lib/auth/permissions.ts'
import { listInvitations } from '#lib/invitations/list-invitations.ts'
import { canSendMail } from '#lib/mail/can-send-mail.ts'
import { listMembers } from '#lib/members/list-members.ts'
import { rolesFromHighest } from '#lib/members/refuse-higher-role.ts'
import { listFormerMembers } from '#lib/offboarding/list-former-members.ts'
import { changeMemberAction } from './change-member-action.ts'
import { clearSecondFactorsAction } from './clear-second-factors-action.ts'
import { createAccessLinkAction } from './create-access-link-action.ts'
import { inviteMemberAction } from './invite-member-action.ts'
import { reinstateMemberAction } from './reinstate-member-action.ts'
import { resendInvitationAction } from './resend-invitation-action.ts'
import { revokeAccessLinksAction } from './revoke-access-links-action.ts'
import { revokeInvitationAction } from './revoke-invitation-action.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('members')
  return { title: t('title') }
}

export default async function MembersPage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params
  const member = await currentMember(organization)
  if (!roleMay(member.role, 'members.read')) return <NoPermission />
  const [members, invitations, former] = await Promise.all([
    listMembers(member),
    listInvitations(member),
    roleMay(member.role, 'members.change') ? listFormerMembers(member) : [],
  ])
  // Nobody gives, or takes, a role above the own one.
  const roles = roleMay(member.role, 'members.change')
    ? rolesFromHighest.slice(rolesFromHighest.indexOf(member.role))
    : []
  return (
    <MembersView
      members={members.map(({ id, name, email, role, keyCount, canSignIn, createdAt }) => ({
        id,
        name,
        email,
        role,
        keyCount,
        canSignIn,
        since: createdAt.toISOString(),
        isYou: id === member.membershipId,
        mayBeChanged: roles.includes(role),
      }))}
      invitations={invitations.map(({ id, name, email, role, expiresAt, mailedAt }) => ({
        id,
        name,
        email,
        role,
        expiresAt: expiresAt.toISOString(),
        isExpired: expiresAt.getTime() <= Date.now(),
        mailedAt: mailedAt?.toISOString() ?? null,
        mayBeChanged: roles.includes(role),
      }))}
      roles={roles}
      former={former.map(({ removedAt, ...facts }) => ({
        ...facts,
        removedAt: removedAt.toISOString(),
        mayBeReinstated: roles.includes(facts.role),
      }))}
      canSendMail={canSendMail()}
      membersHref={`/${organization}/members`}
      importHref={roleMay(member.role, 'members.import') ? `/${organization}/members/import` : null}
      actions={{
        invite: inviteMemberAction.bind(null, organization),
        resend: resendInvitationAction.bind(null, organization),
        revoke: revokeInvitationAction.bind(null, organization),
        change: changeMemberAction.bind(null, organization),
        reinstate: reinstateMemberAction.bind(null, organization),
        clearFactors: clearSecondFactorsAction.bind(null, organization),
        createLink: createAccessLinkAction.bind(null, organization),
        revokeLinks: revokeAccessLinksAction.bind(null, organization),
      }}
    />
  )
}
