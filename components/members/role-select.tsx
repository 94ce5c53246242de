'use client'

import { useTranslations } from 'next-intl'
import { Select } from '../ui/select.tsx'
import type { RoleName } from './roles.ts'

interface RoleSelectProps {
  /** What may be given. */
  roles: readonly RoleName[]
  value: RoleName
  onChange: (role: RoleName) => void
}

/** A role with what it allows; stands in a `Field`. */
export function RoleSelect({ roles, value, onChange }: RoleSelectProps) {
  const t = useTranslations('members')
  return (
    <Select
      value={value}
      onValueChange={(role) => onChange(role as RoleName)}
      options={roles.map((role) => ({ value: role, label: t(`roles.${role}`), description: t(`roleHints.${role}`) }))}
    />
  )
}
