'use client'

import { CloudAlert, RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { EmptyState, type EmptyStateProps } from './empty-state.tsx'

export interface ErrorStateProps {
  title?: ReactNode
  titleAs?: EmptyStateProps['titleAs']
  description?: ReactNode
  /** Shows "Try again". */
  onRetry?: () => void
  retrying?: boolean
  size?: EmptyStateProps['size']
}

/** A part that could not be loaded; the rest of the page goes on. */
export function ErrorState({ title, titleAs, description, onRetry, retrying, size }: ErrorStateProps) {
  const t = useTranslations('ui')
  return (
    <div role="alert">
      <EmptyState
        size={size}
        icon={<CloudAlert />}
        titleAs={titleAs}
        title={title ?? t('error.title')}
        description={description ?? t('error.description')}
        action={
          onRetry ? (
            <Button onClick={onRetry} pending={retrying}>
              <RotateCw />
              {t('retry')}
            </Button>
          ) : null
        }
      />
    </div>
  )
}
