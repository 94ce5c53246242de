'use client'

import { Pencil, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { lateDialog } from '../ui/late-dialog.tsx'
import type { ModelActions } from './model-actions.ts'
import type { ModelFacts } from './model-facts.ts'

const EditModelDialog = lateDialog(async () => (await import('./edit-model-dialog.tsx')).EditModelDialog)

interface ModelHeadActionsProps {
  model: ModelFacts
  actions: Pick<ModelActions, 'change' | 'remove'>
}

export function ModelHeadActions({ model, actions }: ModelHeadActionsProps) {
  const t = useTranslations('models')
  const failed = useTranslations('console.failure')
  const [isEditing, setEditing] = useState(false)
  return (
    <>
      <Button onClick={() => setEditing(true)}>
        <Pencil />
        {t('detail.edit')}
      </Button>
      <ConfirmDialog
        trigger={
          <Button>
            <Trash2 />
            {t('detail.remove')}
          </Button>
        }
        title={t('remove.title', { model: model.name })}
        description={t('remove.description')}
        confirmLabel={t('remove.confirm')}
        tone="danger"
        onConfirm={async () => {
          const { failure } = await actions.remove()
          return failure ? { error: failureText(failed, failure) } : undefined
        }}
      />
      <EditModelDialog isOpen={isEditing} onClose={() => setEditing(false)} model={model} change={actions.change} />
    </>
  )
}
