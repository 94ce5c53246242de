'use client'

import { useTranslations } from 'next-intl'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import { toast } from '../ui/toast.ts'
import type { ManagementKeyActions, ManagementKeyFacts } from './settings-facts.ts'

interface ManagementKeysTableProps {
  keys: readonly ManagementKeyFacts[]
  revoke: ManagementKeyActions['revoke']
}

export function ManagementKeysTable({ keys, revoke }: ManagementKeysTableProps) {
  const t = useTranslations('settings.keys')
  const member = useTranslations('members')
  return (
    <Table label={t('title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('columns.name')}</TableHead>
          <TableHead className="max-sm:hidden">{t('columns.key')}</TableHead>
          <TableHead>{t('columns.role')}</TableHead>
          <TableHead numeric className="max-md:hidden">
            {t('columns.created')}
          </TableHead>
          <TableHead className="w-16">
            <span className="sr-only">{t('columns.actions')}</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {keys.map((key) => (
          <TableRow key={key.id}>
            <TableCell className="max-w-56 truncate font-medium">{key.name}</TableCell>
            <TableCell className="whitespace-nowrap font-mono text-muted text-xs max-sm:hidden">
              mk-stp-…{key.hint}
            </TableCell>
            <TableCell title={member(`roleHints.${key.role}`)}>{member(`roles.${key.role}`)}</TableCell>
            <TableCell numeric className="text-muted max-md:hidden">
              <Time at={key.createdAt} format="date" />
            </TableCell>
            <TableCell className="text-right">
              {key.mayBeRevoked ? <Revoke id={key.id} name={key.name} revoke={revoke} /> : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Revoke({ id, name, revoke }: { id: string; name: string; revoke: ManagementKeyActions['revoke'] }) {
  const t = useTranslations('settings.keys.revoke')
  const failed = useTranslations('console.failure')
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="ghost" aria-label={t('label', { name })}>
          {t('action')}
        </Button>
      }
      title={t('title', { name })}
      description={t('description')}
      confirmLabel={t('confirm')}
      tone="danger"
      onConfirm={async () => {
        const { failure } = await revoke(id)
        if (failure) return { error: failureText(failed, failure) }
        toast.success(t('done', { name }))
      }}
    />
  )
}
