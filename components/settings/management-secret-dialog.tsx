'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog, DialogContent } from '../ui/dialog.tsx'

interface ManagementSecretDialogProps {
  shown: { name: string; secret: string }
  apiUrl: string
  onDone: () => void
}

/** Shown once, and closed only by who says that it is stored. */
export function ManagementSecretDialog({ shown, apiUrl, onDone }: ManagementSecretDialogProps) {
  const t = useTranslations('settings.keys.secret')
  useEffect(() => {
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', hold)
    return () => window.removeEventListener('beforeunload', hold)
  }, [])
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
          <span className="sr-only">{t('label', { name: shown.name })}</span>
          <code className="min-w-0 flex-1 select-all break-all font-mono text-sm">{shown.secret}</code>
          <CopyButton value={shown.secret} />
        </div>
        <CodeBlock
          label={t('try')}
          samples={[
            { label: 'curl', code: `curl ${apiUrl}/projects \\\n  -H "Authorization: Bearer ${shown.secret}"` },
          ]}
        />
      </DialogContent>
    </Dialog>
  )
}
