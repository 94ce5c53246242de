'use client'

import { Ellipsis, Link2, Link2Off, ShieldOff, UserCog, UserMinus } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu.tsx'
import { toast } from '../ui/toast.ts'
import { AccessLinkDialog } from './access-link-dialog.tsx'
import type { MemberActions, MemberFacts, ShownAccessLink } from './member-facts.ts'
import { RoleDialog } from './role-dialog.tsx'
import type { RoleName } from './roles.ts'

interface MemberMenuProps {
  member: MemberFacts
  roles: readonly RoleName[]
  actions: MemberActions
  membersHref: string
}

export function MemberMenu({ member, roles, actions, membersHref }: MemberMenuProps) {
  const t = useTranslations('members')
  const failed = useTranslations('console.failure')
  const [open, setOpen] = useState<'role' | 'link' | 'factors' | null>(null)
  const [link, setLink] = useState<ShownAccessLink | null>(null)
  const { id, name } = member
  // The only conflict there is: somebody has to own the organization.
  const refusalOf = (failure: ActionFailure) =>
    failure.code === 'conflict' ? t('lastOwner') : failureText(failed, failure)
  const withdraw = async () => {
    const { value, failure } = await actions.revokeLinks(id)
    if (failure) toast.error(failureText(failed, failure))
    else toast.success(t('link.withdrawn', { count: value }))
  }
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t('actions.label', { name })}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => setOpen('role')}>
            <UserCog />
            {t('actions.role')}
          </DropdownMenuItem>
          {member.isYou ? null : (
            <>
              <DropdownMenuItem onSelect={() => setOpen('link')}>
                <Link2 />
                {t(member.canSignIn ? 'actions.newPassword' : 'actions.invite')}
              </DropdownMenuItem>
              <DropdownMenuItem onSelect={withdraw}>
                <Link2Off />
                {t('actions.withdraw')}
              </DropdownMenuItem>
              <DropdownMenuItem onSelect={() => setOpen('factors')}>
                <ShieldOff />
                {t('actions.clearFactors')}
              </DropdownMenuItem>
            </>
          )}
          <DropdownMenuSeparator />
          <DropdownMenuItem tone="danger" asChild>
            <Link href={`${membersHref}/${id}/offboard`}>
              <UserMinus />
              {t('actions.remove')}
            </Link>
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <RoleDialog
        isOpen={open === 'role'}
        onClose={() => setOpen(null)}
        member={member}
        roles={roles}
        change={actions.change}
        refusalOf={refusalOf}
      />
      <ConfirmDialog
        open={open === 'link'}
        onOpenChange={(shown) => setOpen(shown ? 'link' : null)}
        title={t(member.canSignIn ? 'link.askReset' : 'link.askInvite', { name })}
        description={t(member.canSignIn ? 'link.resetDescription' : 'link.inviteDescription')}
        confirmLabel={t('link.make')}
        onConfirm={async () => {
          const { value, failure } = await actions.createLink(id)
          if (failure)
            return { error: failure.code === 'conflict' ? t('link.elsewhere') : failureText(failed, failure) }
          setLink(value)
        }}
      />
      {link ? <AccessLinkDialog shown={{ ...link, name }} onDone={() => setLink(null)} /> : null}
      <ConfirmDialog
        open={open === 'factors'}
        onOpenChange={(shown) => setOpen(shown ? 'factors' : null)}
        title={t('factors.title', { name })}
        description={t('factors.description')}
        confirmLabel={t('factors.confirm')}
        tone="danger"
        onConfirm={async () => {
          const { value, failure } = await actions.clearFactors(id)
          if (failure)
            return { error: failure.code === 'conflict' ? t('link.elsewhere') : failureText(failed, failure) }
          toast.success(t('factors.done', { count: value }))
        }}
      />
    </>
  )
}
