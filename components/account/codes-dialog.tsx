'use client'

import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { buttonStyle } from '../ui/button-style.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog, DialogContent } from '../ui/dialog.tsx'
import { Label } from '../ui/label.tsx'

interface CodesDialogProps {
  codes: readonly string[]
  onDone: () => void
}

/** Recovery codes on the one occasion that they are known. */
export function CodesDialog({ codes, onDone }: CodesDialogProps) {
  const t = useTranslations('account.secondFactor.codes')
  const storedId = useId()
  const [stored, setStored] = useState(false)
  const text = `${codes.join('\n')}\n`
  return (
    <Dialog open>
      <DialogContent
        title={t('title')}
        description={t('shownOnce')}
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
        <ul className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-lg bg-sunken px-4 py-3 font-mono text-sm">
          {codes.map((code) => (
            <li key={code} className="select-all">
              {code}
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap gap-2">
          <CopyButton value={text} label={t('copy')} variant="secondary" />
          <a
            download="stipend-recovery-codes.txt"
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
            className={buttonStyle({})}
          >
            <Download />
            {t('download')}
          </a>
        </div>
      </DialogContent>
    </Dialog>
  )
}
