'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { CodeBlock } from '../ui/code-block.tsx'
import { Dialog, DialogContent } from '../ui/dialog.tsx'
import { Select } from '../ui/select.tsx'
import { codeOf } from './code-of.ts'
import type { Message } from './messages-of.ts'
import type { PlaygroundModel } from './playground-facts.ts'
import type { Parameters } from './read-parameters.ts'

interface CodeDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  baseUrl: string
  /** Those side by side; not empty. */
  models: readonly [PlaygroundModel, ...PlaygroundModel[]]
  messagesFor: (model: string) => readonly Message[]
  parameters: Parameters
}

/** How a program asks what stands here. */
export function CodeDialog({ open, onOpenChange, baseUrl, models, messagesFor, parameters }: CodeDialogProps) {
  const t = useTranslations('playground.code')
  const [name, setName] = useState(models[0].name)
  const model = models.find((one) => one.name === name) ?? models[0]
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent size="lg" title={t('title')} description={t('description')}>
        {models.length > 1 ? (
          <Select
            aria-label={t('model')}
            value={model.name}
            onValueChange={setName}
            options={models.map((one) => ({ value: one.name, label: one.name }))}
            className="w-auto max-w-full justify-self-start"
          />
        ) : null}
        <CodeBlock
          label={t('title')}
          samples={codeOf({ baseUrl, model, messages: messagesFor(model.name), parameters })}
        />
      </DialogContent>
    </Dialog>
  )
}
