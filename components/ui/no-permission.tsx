import { LockKeyhole } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { EmptyState } from './empty-state.tsx'

export interface NoPermissionProps {
  title?: ReactNode
  /** Whom to ask, when it is known. */
  description?: ReactNode
  action?: ReactNode
}

export function NoPermission({ title, description, action }: NoPermissionProps) {
  const t = useTranslations('ui.noPermission')
  return (
    <EmptyState
      icon={<LockKeyhole />}
      titleAs="h1"
      title={title ?? t('title')}
      description={description ?? t('description')}
      action={action}
    />
  )
}
