'use client'

import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog, DialogContent } from '../ui/dialog.tsx'
import { Time } from '../ui/time.tsx'
import type { ShownAccessLink } from './member-facts.ts'

interface AccessLinkDialogProps {
  shown: ShownAccessLink & { name: string }
  onDone: () => void
}

/** Shown once, and closed only by who says that it is sent. */
export function AccessLinkDialog({ shown, onDone }: AccessLinkDialogProps) {
  const t = useTranslations('members.link')
  return (
    <Dialog open>
      <DialogContent
        title={t('title', { name: shown.name })}
        description={t('description')}
        dismissible={false}
        footer={
          <Button variant="primary" onClick={onDone}>
            {t('done')}
          </Button>
        }
      >
        <div className="grid gap-2">
          <div className="flex items-center gap-2 rounded-lg bg-accent-soft py-1.5 pr-1.5 pl-3">
            <span className="sr-only">{t('label')}</span>
            <code className="min-w-0 flex-1 select-all break-all font-mono text-sm">{shown.url}</code>
            <CopyButton value={shown.url} />
          </div>
          <p className="text-muted text-sm">
            {t('expires')} <Time at={shown.expiresAt} format="datetime" />
          </p>
        </div>
      </DialogContent>
    </Dialog>
  )
}
