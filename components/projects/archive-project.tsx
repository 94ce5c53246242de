'use client'

import { Archive } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { toast } from '../ui/toast.ts'

interface ArchiveProjectProps {
  name: string
  projectsPath: string
  archive: () => Promise<ActionResult<null>>
}

export function ArchiveProject({ name, projectsPath, archive }: ArchiveProjectProps) {
  const t = useTranslations('projects')
  const tFailure = useTranslations('console.failure')
  const router = useRouter()
  const confirm = async () => {
    const { failure } = await archive()
    if (failure) return { error: failure.code === 'conflict' ? t('archive.hasKeys') : failureText(tFailure, failure) }
    toast.success(t('archive.done', { name }))
    router.push(projectsPath)
    return undefined
  }
  return (
    <ConfirmDialog
      trigger={
        <Button>
          <Archive />
          {t('detail.archive')}
        </Button>
      }
      title={t('archive.title', { name })}
      description={t('archive.description')}
      confirmLabel={t('archive.confirm')}
      tone="danger"
      onConfirm={confirm}
    />
  )
}
