'use client'

import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { failureText } from '../failure-text.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Section } from '../ui/section.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import { toast } from '../ui/toast.ts'
import type { InvitationFacts, MemberActions, ShownAccessLink } from './member-facts.ts'

interface InvitationsTableProps {
  invitations: readonly InvitationFacts[]
  canSendMail: boolean
  actions: Pick<MemberActions, 'resend' | 'revoke'>
  onLink: (link: ShownAccessLink & { name: string }) => void
}

/** Who has been invited and has not come in. */
export function InvitationsTable({ invitations, canSendMail, actions, onLink }: InvitationsTableProps) {
  const t = useTranslations('members')
  const failed = useTranslations('console.failure')
  const [pending, start] = useTransition()
  const [revoking, setRevoking] = useState<InvitationFacts | null>(null)
  const resend = ({ id, name, email }: InvitationFacts) =>
    start(async () => {
      const { value, failure } = await actions.resend(id)
      if (failure) return void toast.error(failureText(failed, failure))
      if (value.mailed) toast.success(t('invitations.resent', { email }))
      if (value.link) onLink({ ...value.link, name })
    })
  return (
    <Section title={t('invitations.title')}>
      <Table label={t('invitations.title')}>
        <TableHeader>
          <TableRow>
            <TableHead>{t('invitations.columns.person')}</TableHead>
            <TableHead className="max-md:hidden">{t('invitations.columns.role')}</TableHead>
            <TableHead className="max-md:hidden">{t('invitations.columns.sent')}</TableHead>
            <TableHead className="max-sm:hidden">{t('invitations.columns.expires')}</TableHead>
            <TableHead className="w-48 max-sm:w-24">
              <span className="sr-only">{t('invitations.columns.actions')}</span>
            </TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {invitations.map((invitation) => (
            <TableRow key={invitation.id}>
              <TableCell className="max-w-64">
                <div className="grid min-w-0">
                  <span className="truncate font-medium">{invitation.name}</span>
                  <span className="truncate text-muted text-xs">{invitation.email}</span>
                </div>
              </TableCell>
              <TableCell className="whitespace-nowrap max-md:hidden">{t(`roles.${invitation.role}`)}</TableCell>
              <TableCell className="whitespace-nowrap text-muted max-md:hidden">
                {invitation.mailedAt ? (
                  <>
                    {t('invitations.mailed')} · <Time at={invitation.mailedAt} />
                  </>
                ) : (
                  t('invitations.link')
                )}
              </TableCell>
              <TableCell className="whitespace-nowrap text-muted max-sm:hidden">
                {invitation.isExpired ? (
                  <Badge tone="warning">{t('invitations.expired')}</Badge>
                ) : (
                  <Time at={invitation.expiresAt} format="datetime" />
                )}
              </TableCell>
              <TableCell>
                {invitation.mayBeChanged ? (
                  <div className="flex justify-end gap-2 max-sm:flex-col max-sm:items-end">
                    <Button size="sm" disabled={pending} onClick={() => resend(invitation)}>
                      {t(canSendMail ? 'invitations.resend' : 'invitations.newLink')}
                    </Button>
                    <Button size="sm" variant="ghost" disabled={pending} onClick={() => setRevoking(invitation)}>
                      {t('invitations.revoke')}
                    </Button>
                  </div>
                ) : null}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {revoking ? (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setRevoking(null)}
          title={t('invitations.revokeTitle', { name: revoking.name })}
          description={t('invitations.revokeDescription')}
          confirmLabel={t('invitations.revokeConfirm')}
          tone="danger"
          onConfirm={async () => {
            const { failure } = await actions.revoke(revoking.id)
            if (failure) {
              const text = failure.code === 'conflict' ? t('invitations.cameIn', { name: revoking.name }) : null
              return { error: text ?? failureText(failed, failure) }
            }
            toast.success(t('invitations.revoked', { name: revoking.name }))
          }}
        />
      ) : null}
    </Section>
  )
}
