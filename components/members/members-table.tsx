'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import type { MemberActions, MemberFacts } from './member-facts.ts'
import { MemberMenu } from './member-menu.tsx'
import type { RoleName } from './roles.ts'

interface MembersTableProps {
  members: readonly MemberFacts[]
  roles: readonly RoleName[]
  actions: MemberActions
  membersHref: string
}

export function MembersTable({ members, roles, actions, membersHref }: MembersTableProps) {
  const t = useTranslations('members')
  const format = useFormatter()
  return (
    <Table label={t('title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('columns.name')}</TableHead>
          <TableHead>{t('columns.role')}</TableHead>
          <TableHead numeric className="max-sm:hidden">
            {t('columns.keys')}
          </TableHead>
          <TableHead numeric className="max-md:hidden">
            {t('columns.joined')}
          </TableHead>
          {roles.length > 0 ? (
            <TableHead className="w-8">
              <span className="sr-only">{t('columns.actions')}</span>
            </TableHead>
          ) : null}
        </TableRow>
      </TableHeader>
      <TableBody>
        {members.map((member) => (
          <TableRow key={member.id}>
            <TableCell className="max-w-64">
              <div className="flex min-w-0 items-center gap-3">
                <Avatar name={member.name} className="max-sm:hidden" />
                <div className="grid min-w-0">
                  <span className="flex min-w-0 items-center gap-2">
                    <span className="truncate font-medium">{member.name}</span>
                    {member.isYou ? <Badge>{t('you')}</Badge> : null}
                    {member.canSignIn ? null : <Badge>{t('notYet')}</Badge>}
                  </span>
                  <span className="truncate text-muted text-xs">{member.email}</span>
                </div>
              </div>
            </TableCell>
            <TableCell title={t(`roleHints.${member.role}`)} className="whitespace-nowrap">
              {t(`roles.${member.role}`)}
            </TableCell>
            <TableCell numeric className="max-sm:hidden">
              {format.number(member.keyCount)}
            </TableCell>
            <TableCell numeric className="text-muted max-md:hidden">
              <Time at={member.since} format="date" />
            </TableCell>
            {roles.length > 0 ? (
              <TableCell className="text-right">
                {member.mayBeChanged ? (
                  <MemberMenu member={member} roles={roles} actions={actions} membersHref={membersHref} />
                ) : null}
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
