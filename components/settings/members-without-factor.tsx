import { ShieldCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { RoleName } from '../members/roles.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'

interface MembersWithoutFactorProps {
  label: string
  members: readonly { id: string; name: string; email: string; role: RoleName }[]
}

/** Whom it concerns when the organization asks for a second factor. */
export function MembersWithoutFactor({ label, members }: MembersWithoutFactorProps) {
  const t = useTranslations('settings.secondFactor.without')
  const member = useTranslations('members')
  if (members.length === 0) {
    return (
      <EmptyState
        size="compact"
        icon={<ShieldCheck />}
        title={t('none')}
        className="justify-items-start px-0 text-left"
      />
    )
  }
  return (
    <Table label={label} maxHeight="40rem">
      <TableHeader>
        <TableRow>
          <TableHead>{member('columns.name')}</TableHead>
          <TableHead>{member('columns.role')}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {members.map(({ id, name, email, role }) => (
          <TableRow key={id}>
            <TableCell className="max-w-64">
              <span className="block truncate font-medium">{name}</span>
              <span className="block truncate text-muted text-xs">{email}</span>
            </TableCell>
            <TableCell className="whitespace-nowrap">{member(`roles.${role}`)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
