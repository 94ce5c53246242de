import { Compass } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export default function NotFound() {
  const t = useTranslations('shell.notFound')
  return (
    <main className="grid min-h-[70dvh] place-items-center">
      <EmptyState
        icon={<Compass />}
        titleAs="h1"
        title={t('title')}
        description={t('description')}
        action={<ButtonLink href="/">{t('action')}</ButtonLink>}
      />
    </main>
  )
}
