import { Compass } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { EmptyState } from '#components/ui/empty-state.tsx'

/** Inside the shell: what a page of the organization was asked for is not there. */
export default function OrganizationNotFound() {
  const t = useTranslations('shell.notFound')
  return (
    <div className="grid min-h-[60dvh] place-items-center">
      <EmptyState icon={<Compass />} titleAs="h1" title={t('title')} description={t('description')} />
    </div>
  )
}
