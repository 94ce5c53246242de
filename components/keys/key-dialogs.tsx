'use client'

import { useTranslations } from 'next-intl'
import type { ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { toast } from '../ui/toast.ts'
import type { KeyActions } from './key-actions.ts'

export type KeyQuestion = 'pause' | 'revoke'

interface KeyDialogsProps {
  id: string
  name: string
  /** Which question is being asked; null for none. */
  asked: KeyQuestion | null
  onClose: () => void
  actions: KeyActions
}

/** Are you sure? For what cuts somebody off. */
export function KeyDialogs({ id, name, asked, onClose, actions }: KeyDialogsProps) {
  const t = useTranslations('keys')
  const tFailure = useTranslations('console.failure')
  const act = async (question: KeyQuestion, run: (id: string) => Promise<ActionResult<null>>) => {
    const { failure } = await run(id)
    if (failure) return { error: failure.code === 'conflict' ? t('problem.revoked') : failureText(tFailure, failure) }
    toast.success(t(`${question}.done`, { name }))
    return undefined
  }
  return (
    <>
      <ConfirmDialog
        open={asked === 'pause'}
        onOpenChange={(open) => !open && onClose()}
        title={t('pause.title', { name })}
        description={t('pause.description')}
        confirmLabel={t('pause.confirm')}
        onConfirm={() => act('pause', actions.pause)}
      />
      <ConfirmDialog
        open={asked === 'revoke'}
        onOpenChange={(open) => !open && onClose()}
        title={t('revoke.title', { name })}
        description={t('revoke.description')}
        confirmLabel={t('revoke.confirm')}
        tone="danger"
        onConfirm={() => act('revoke', actions.revoke)}
      />
    </>
  )
}
