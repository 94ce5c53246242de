'use client'

import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { ErrorState } from '#components/ui/error-state.tsx'

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('shell.error')
  const [pending, start] = useTransition()
  const reference = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <div className="grid min-h-[60dvh] place-items-center">
      <ErrorState
        titleAs="h1"
        title={t('title')}
        description={
          <>
            {t('description')}
            {reference ? (
              <span className="mt-2 block text-faint text-xs">
                {t('reference')} <code className="select-all font-mono">{reference}</code>
              </span>
            ) : null}
          </>
        }
        onRetry={() => start(() => retry())}
        retrying={pending}
      />
    </div>
  )
}
