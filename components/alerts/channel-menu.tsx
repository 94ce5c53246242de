'use client'

import { Ellipsis, Pause, Pencil, Play, Send, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
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
import { lateDialog } from '../ui/late-dialog.tsx'
import { toast } from '../ui/toast.ts'
import type { ChannelActions, ChannelFacts } from './alert-facts.ts'

const ChannelDialog = lateDialog(async () => (await import('./channel-dialog.tsx')).ChannelDialog)

export function ChannelMenu({ channel, actions }: { channel: ChannelFacts; actions: ChannelActions }) {
  const t = useTranslations('alerts')
  const failed = useTranslations('console.failure')
  const [open, setOpen] = useState<'edit' | 'remove' | null>(null)
  const [pending, start] = useTransition()
  const { id, name, isPaused } = channel
  const test = () =>
    start(async () => {
      const { value, failure } = await actions.test(id)
      if (failure) toast.error(failureText(failed, failure))
      else if (value.ok) toast.success(t('test.ok', { name }))
      else toast.error(t('test.failed', { name }), { description: value.problem })
    })
  const turn = () =>
    start(async () => {
      const { failure } = await actions.change(id, { paused: !isPaused })
      if (failure) toast.error(failureText(failed, failure))
    })
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" pending={pending} aria-label={t('actions.label', { name })}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={test}>
            <Send />
            {t('actions.test')}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setOpen('edit')}>
            <Pencil />
            {t('actions.edit')}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={turn}>
            {isPaused ? <Play /> : <Pause />}
            {t(isPaused ? 'actions.resume' : 'actions.pause')}
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem tone="danger" onSelect={() => setOpen('remove')}>
            <Trash2 />
            {t('actions.remove')}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ChannelDialog
        isOpen={open === 'edit'}
        channel={channel}
        canSendMail
        actions={actions}
        onClose={() => setOpen(null)}
        onSecret={() => {}}
      />
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={(shown) => setOpen(shown ? 'remove' : null)}
        title={t('remove.title', { name })}
        description={t('remove.description')}
        confirmLabel={t('remove.confirm')}
        tone="danger"
        onConfirm={async () => {
          const { failure } = await actions.remove(id)
          if (failure) return { error: failureText(failed, failure) }
          toast.success(t('remove.done', { name }))
        }}
      />
    </>
  )
}
