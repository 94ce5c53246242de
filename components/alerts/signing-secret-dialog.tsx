'use client'

import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog, DialogContent } from '../ui/dialog.tsx'

/** With what the receiver checks that a call is ours; shown once, and closed only by who says that it is stored. */
export function SigningSecretDialog({ secret, onDone }: { secret: string; onDone: () => void }) {
  const t = useTranslations('alerts.secret')
  return (
    <Dialog open>
      <DialogContent
        title={t('title')}
        description={t('description')}
        dismissible={false}
        footer={
          <Button variant="primary" onClick={onDone}>
            {t('done')}
          </Button>
        }
      >
        <div className="flex items-center gap-2 rounded-lg bg-accent-soft py-1.5 pr-1.5 pl-3">
          <code className="min-w-0 flex-1 select-all break-all font-mono text-sm">{secret}</code>
          <CopyButton value={secret} />
        </div>
        <p className="text-muted text-sm">{t('how')}</p>
      </DialogContent>
    </Dialog>
  )
}
