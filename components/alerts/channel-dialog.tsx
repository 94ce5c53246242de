'use client'

import { useTranslations } from 'next-intl'
import { useId, useTransition } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import type { ChannelActions, ChannelFacts } from './alert-facts.ts'
import { ChannelForm } from './channel-form.tsx'

interface ChannelDialogProps {
  isOpen: boolean
  /** Null: a new one. */
  channel: ChannelFacts | null
  canSendMail: boolean
  actions: ChannelActions
  onClose: () => void
  /** A new webhook's signing secret, which is not shown again. */
  onSecret: (secret: string) => void
}

export function ChannelDialog({ isOpen, channel, onClose, ...rest }: ChannelDialogProps) {
  const t = useTranslations('alerts.form')
  const common = useTranslations('common')
  const formId = useId()
  const [pending, start] = useTransition()
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={channel ? t('editTitle', { name: channel.name }) : t('title')}
        description={channel ? t('editDescription') : t('description')}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={pending}>{common('cancel')}</Button>
            </DialogClose>
            <Button variant="primary" type="submit" form={formId} pending={pending}>
              {channel ? t('save') : t('submit')}
            </Button>
          </>
        }
      >
        <ChannelForm id={formId} channel={channel} start={start} onClose={onClose} {...rest} />
      </DialogContent>
    </Dialog>
  )
}
