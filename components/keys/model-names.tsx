import { useTranslations } from 'next-intl'

const shownCount = 2

/** The first models by name, the others as a number; all of them in the title. */
export function ModelNames({ models }: { models: readonly string[] | null }) {
  const t = useTranslations('console.models')
  const tKeys = useTranslations('keys')
  if (models === null) return <span className="text-muted">{t('all')}</span>
  if (models.length === 0) return <span className="text-danger-text">{t('none')}</span>
  const rest = models.length - shownCount
  return (
    <span title={models.join(', ')}>
      {models.slice(0, shownCount).join(', ')}
      {rest > 0 ? <span className="text-muted"> {tKeys('moreModels', { count: rest })}</span> : null}
    </span>
  )
}
