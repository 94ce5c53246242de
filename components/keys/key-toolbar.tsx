'use client'

import { Ban, CirclePause, CirclePlay, Ellipsis, Pencil, RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ActionResult } from '../action-result.ts'
import { onceShown } from '../once-shown.ts'
import { Button } from '../ui/button.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '../ui/dropdown-menu.tsx'
import { lateDialog } from '../ui/late-dialog.tsx'
import type { KeyStatus } from '../ui/status-badge.tsx'
import type { KeyActions } from './key-actions.ts'
import { KeyDialogs, type KeyQuestion } from './key-dialogs.tsx'
import type { ShownSecret } from './secret-dialog.tsx'
import { useResume } from './use-resume.ts'

const RotateDialog = lateDialog(async () => (await import('./rotate-dialog.tsx')).RotateDialog)
const SecretDialog = lateDialog(async () => (await import('./secret-dialog.tsx')).SecretDialog)

interface KeyToolbarProps {
  id: string
  name: string
  status: KeyStatus
  editHref: string
  baseUrl: string
  actions: KeyActions
  rotate: (graceSeconds: number) => Promise<ActionResult<ShownSecret>>
}

/** What can be done with a key, on its own page. */
export function KeyToolbar({ id, name, status, editHref, baseUrl, actions, rotate }: KeyToolbarProps) {
  const t = useTranslations('keys.actions')
  const [asked, setAsked] = useState<KeyQuestion | null>(null)
  const [rotating, setRotating] = useState(false)
  const [shown, setShown] = useState<ShownSecret | null>(null)
  const [resuming, resume] = useResume(actions.resume)
  const show = (secret: ShownSecret) => {
    setRotating(false)
    setShown(secret)
  }
  return (
    <>
      {status === 'paused' ? (
        <Button pending={resuming} onClick={() => resume(id, name)}>
          <CirclePlay />
          {t('resume')}
        </Button>
      ) : (
        <Button onClick={() => setAsked('pause')}>
          <CirclePause />
          {t('pause')}
        </Button>
      )}
      <ButtonLink href={editHref}>
        <Pencil />
        {t('edit')}
      </ButtonLink>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button size="icon" aria-label={t('label', { name })}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => setRotating(true)}>
            <RotateCw />
            {t('rotate')}
          </DropdownMenuItem>
          <DropdownMenuItem tone="danger" onSelect={() => setAsked('revoke')}>
            <Ban />
            {t('revoke')}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <KeyDialogs id={id} name={name} asked={asked} onClose={() => setAsked(null)} actions={actions} />
      <RotateDialog
        name={name}
        open={rotating}
        onOpenChange={setRotating}
        rotate={onceShown(SecretDialog, rotate)}
        onRotated={show}
      />
      {shown ? <SecretDialog shown={shown} reason="rotated" baseUrl={baseUrl} onDone={() => setShown(null)} /> : null}
    </>
  )
}
