'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type FormerMemberFacts, FormerMembers } from '../offboarding/former-members.tsx'
import { Button } from '../ui/button.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { AccessLinkDialog } from './access-link-dialog.tsx'
import { InvitationsTable } from './invitations-table.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import type { InvitationFacts, MemberActions, MemberFacts, ShownAccessLink } from './member-facts.ts'
import { MembersTable } from './members-table.tsx'
import type { RoleName } from './roles.ts'

interface MembersViewProps {
  members: readonly MemberFacts[]
  invitations: readonly InvitationFacts[]
  /** Roles that who looks may give; none: for reading only. */
  roles: readonly RoleName[]
  former: readonly FormerMemberFacts[]
  canSendMail: boolean
  actions: MemberActions
  membersHref: string
  /** Where a class is imported, for who may. */
  importHref: string | null
}

export function MembersView({ members, invitations, former, roles, canSendMail, actions, ...hrefs }: MembersViewProps) {
  const { importHref, membersHref } = hrefs
  const t = useTranslations('members')
  const [isAdding, setAdding] = useState(false)
  const [link, setLink] = useState<(ShownAccessLink & { name: string }) | null>(null)
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            {importHref ? <ButtonLink href={importHref}>{t('import.title')}</ButtonLink> : null}
            {roles.length > 0 ? (
              <Button variant="primary" onClick={() => setAdding(true)}>
                <Plus />
                {t('add')}
              </Button>
            ) : null}
          </>
        }
      />
      {invitations.length > 0 ? (
        <InvitationsTable invitations={invitations} canSendMail={canSendMail} actions={actions} onLink={setLink} />
      ) : null}
      <MembersTable members={members} roles={roles} actions={actions} membersHref={membersHref} />
      {former.length > 0 ? <FormerMembers members={former} reinstate={actions.reinstate} /> : null}
      <InviteDialog
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        roles={roles}
        canSendMail={canSendMail}
        invite={actions.invite}
        onLink={setLink}
      />
      {link ? <AccessLinkDialog shown={link} onDone={() => setLink(null)} /> : null}
    </div>
  )
}
