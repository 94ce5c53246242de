'use client'

import { Cable, Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { lateDialog } from '../ui/late-dialog.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { toast } from '../ui/toast.ts'
import { useSearchParam } from '../ui/use-search-param.ts'
import type { ProviderActions } from './provider-actions.ts'
import type { ProviderFacts, VendorFacts } from './provider-facts.ts'
import type { SavedProvider } from './provider-form.tsx'
import { ProvidersTable } from './providers-table.tsx'

const ProviderSheet = lateDialog(
  async () => (await import('./provider-sheet.tsx')).ProviderSheet,
  ({ shown }) => shown !== null,
)
const ConnectionDialog = lateDialog(
  async () => (await import('./connection-dialog.tsx')).ConnectionDialog,
  ({ provider }) => provider !== null,
)

interface ProvidersViewProps {
  providers: readonly ProviderFacts[]
  /** What a new one may be. */
  vendors: readonly VendorFacts[]
  newModelHref: string
  mayChange: boolean
  actions: ProviderActions
}

/** The list, and in the URL what is open beside it: `new`, or `edit` with an id. */
export function ProvidersView({ providers, vendors, newModelHref, mayChange, actions }: ProvidersViewProps) {
  const t = useTranslations('providers')
  const router = useRouter()
  const [added, setAdded] = useSearchParam('new')
  const [edited, setEdited] = useSearchParam('edit')
  const [tested, setTested] = useState<string | null>(null)
  const shown = added !== null ? 'new' : (providers.find(({ id }) => id === edited) ?? null)
  const close = () => (shown === 'new' ? setAdded(null) : setEdited(null))
  const onSaved = ({ id, name, deployment }: SavedProvider) => {
    close()
    if (shown !== 'new') return void toast.success(t('saved', { name }))
    const first = new URLSearchParams({ provider: id, ...(deployment && { upstream: deployment }) })
    toast.success(t('added', { name }), {
      description: t('addedHint'),
      action: { label: t('addModel'), onClick: () => router.push(`${newModelHref}?${first}`) },
      duration: 10_000,
    })
  }
  const add = (
    <Button variant="primary" onClick={() => setAdded('')}>
      <Plus />
      {t('new')}
    </Button>
  )
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={mayChange && providers.length > 0 ? add : null}
      />
      {providers.length > 0 ? (
        <ProvidersTable
          providers={providers}
          actions={mayChange ? actions : null}
          onEdit={setEdited}
          onTest={setTested}
        />
      ) : (
        <EmptyState
          icon={<Cable />}
          title={t('empty.title')}
          description={mayChange ? t('empty.description') : t('empty.readOnly')}
          action={mayChange ? add : null}
        />
      )}
      {mayChange ? (
        <>
          <ProviderSheet shown={shown} vendors={vendors} actions={actions} onClose={close} onSaved={onSaved} />
          <ConnectionDialog
            provider={providers.find(({ id }) => id === tested) ?? null}
            test={actions.test}
            onClose={() => setTested(null)}
          />
        </>
      ) : null}
    </div>
  )
}
