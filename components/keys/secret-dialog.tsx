'use client'

import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog, DialogContent } from '../ui/dialog.tsx'
import { Label } from '../ui/label.tsx'
import { keySnippets } from './key-snippets.ts'
import { TestKey } from './test-key.tsx'

/** A secret on the one occasion that it is known. */
export interface ShownSecret {
  name: string
  secret: string
  /** What the key may call, the first of them for samples. */
  models: readonly string[]
}

interface SecretDialogProps {
  shown: ShownSecret
  reason: 'created' | 'rotated'
  /** With /v1. */
  baseUrl: string
  onDone: () => void
}

/** Shown once, and closed only by who says that it is stored. */
export function SecretDialog({ shown, reason, baseUrl, onDone }: SecretDialogProps) {
  const t = useTranslations('keys.secret')
  const tTest = useTranslations('keys.test')
  const storedId = useId()
  const [stored, setStored] = useState(false)
  const [model, setModel] = useState(shown.models[0] ?? null)
  useEffect(() => {
    if (stored) return
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', hold)
    return () => window.removeEventListener('beforeunload', hold)
  }, [stored])
  return (
    <Dialog open>
      <DialogContent
        title={t(reason === 'created' ? 'createdTitle' : 'rotatedTitle', { name: shown.name })}
        description={t('description')}
        size="lg"
        dismissible={false}
        footer={
          <div className="flex w-full flex-wrap items-center justify-between gap-3">
            <span className="flex items-center gap-2.5">
              <Checkbox id={storedId} checked={stored} onCheckedChange={(checked) => setStored(checked === true)} />
              <Label htmlFor={storedId} className="font-normal">
                {t('stored')}
              </Label>
            </span>
            <Button variant="primary" disabled={!stored} onClick={onDone}>
              {t('done')}
            </Button>
          </div>
        }
      >
        <div className="grid gap-2">
          <div className="rounded-lg bg-accent-soft px-3 py-2.5">
            <span className="sr-only">{t('label')}: </span>
            <code className="select-all break-all font-mono text-sm">{shown.secret}</code>
          </div>
          <div className="flex flex-wrap gap-2">
            <CopyButton value={shown.secret} label={t('copy')} variant="secondary" />
            <Button onClick={() => download(`${fileName(shown.name)}.env`, environmentFile(shown.secret, baseUrl))}>
              <Download />
              {t('download')}
            </Button>
          </div>
        </div>
        {model === null ? (
          <p className="text-muted text-sm">{tTest('noModel')}</p>
        ) : (
          <>
            <TestKey secret={shown.secret} models={shown.models} model={model} onModel={setModel} />
            <CodeBlock
              label={t('snippets')}
              samples={keySnippets({ baseUrl, model, secret: shown.secret, prompt: t('prompt') })}
            />
          </>
        )}
      </DialogContent>
    </Dialog>
  )
}

/** OPENAI_ names are what most tools read by themselves. */
function environmentFile(secret: string, baseUrl: string): string {
  return `STIPEND_API_KEY=${secret}\nOPENAI_API_KEY=${secret}\nOPENAI_BASE_URL=${baseUrl}\n`
}

function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '') || 'stipend'
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
