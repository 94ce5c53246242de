'use client'

import { Check, ChevronsUpDown } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu.tsx'
import { Logo } from './logo.tsx'

export interface ShellOrganization {
  name: string
  href: string
}

interface OrganizationSwitcherProps {
  current: ShellOrganization
  /** All that the person belongs to; with one there is nothing to switch. */
  organizations: readonly ShellOrganization[]
}

export function OrganizationSwitcher({ current, organizations }: OrganizationSwitcherProps) {
  const t = useTranslations('shell')
  const name = <span className="min-w-0 flex-1 truncate text-left font-semibold text-sm">{current.name}</span>
  if (organizations.length < 2) {
    return (
      <Link href={current.href} className="flex h-9 min-w-0 items-center gap-2 rounded-md px-2">
        <Logo className="size-5.5" />
        {name}
      </Link>
    )
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`${t('switchOrganization')}: ${current.name}`}
        className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 transition-colors hover:bg-hover data-[state=open]:bg-hover"
      >
        <Logo className="size-5.5" />
        {name}
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-(--radix-dropdown-menu-trigger-width)">
        <DropdownMenuLabel>{t('organizations')}</DropdownMenuLabel>
        {organizations.map((organization) => (
          <DropdownMenuItem key={organization.href} asChild>
            <Link href={organization.href}>
              <span className="min-w-0 flex-1 truncate">{organization.name}</span>
              {organization.href === current.href ? <Check className="text-accent-text!" /> : null}
            </Link>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
