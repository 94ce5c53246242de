'use client'

import { Ban, CirclePause, CirclePlay, Ellipsis, Eye, Pencil } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu.tsx'
import type { KeyStatus } from '../ui/status-badge.tsx'
import type { KeyActions } from './key-actions.ts'
import { KeyDialogs, type KeyQuestion } from './key-dialogs.tsx'
import { useResume } from './use-resume.ts'

interface KeyMenuProps {
  id: string
  name: string
  status: KeyStatus
  href: string
  actions: KeyActions
}

/** What can be done with a key from its row. */
export function KeyMenu({ id, name, status, href, actions }: KeyMenuProps) {
  const t = useTranslations('keys.actions')
  const [asked, setAsked] = useState<KeyQuestion | null>(null)
  const [, resume] = useResume(actions.resume)
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t('label', { name })}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem asChild>
            <Link href={href}>
              <Eye />
              {t('open')}
            </Link>
          </DropdownMenuItem>
          {status === 'revoked' ? null : (
            <>
              <DropdownMenuItem asChild>
                <Link href={`${href}/edit`}>
                  <Pencil />
                  {t('edit')}
                </Link>
              </DropdownMenuItem>
              {status === 'paused' ? (
                <DropdownMenuItem onSelect={() => resume(id, name)}>
                  <CirclePlay />
                  {t('resume')}
                </DropdownMenuItem>
              ) : (
                <DropdownMenuItem onSelect={() => setAsked('pause')}>
                  <CirclePause />
                  {t('pause')}
                </DropdownMenuItem>
              )}
              <DropdownMenuSeparator />
              <DropdownMenuItem tone="danger" onSelect={() => setAsked('revoke')}>
                <Ban />
                {t('revoke')}
              </DropdownMenuItem>
            </>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <KeyDialogs id={id} name={name} asked={asked} onClose={() => setAsked(null)} actions={actions} />
    </>
  )
}
