'use client'

import { LogOut } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { type ReactNode, useTransition } from 'react'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu.tsx'

export interface ShellUser {
  name: string
  email: string
  /** Above "Sign out": my keys, settings. */
  links?: readonly { href: string; label: string; icon: ReactNode }[]
}

interface UserMenuProps {
  user: ShellUser
  signOut: () => Promise<void>
}

export function UserMenu({ user, signOut }: UserMenuProps) {
  const t = useTranslations('shell')
  const [, start] = useTransition()
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={`${t('account')}: ${user.name}`} className="rounded-full">
          <Avatar name={user.name} />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-56">
        <div className="grid px-2 py-1.5">
          <span className="truncate font-medium text-sm">{user.name}</span>
          <span className="truncate text-muted text-xs">{user.email}</span>
        </div>
        <DropdownMenuSeparator />
        {user.links?.map((link) => (
          <DropdownMenuItem key={link.href} asChild>
            <Link href={link.href}>
              {link.icon}
              {link.label}
            </Link>
          </DropdownMenuItem>
        ))}
        <DropdownMenuItem onSelect={() => start(() => signOut())}>
          <LogOut />
          {t('signOut')}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
