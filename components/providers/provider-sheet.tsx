'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Sheet, SheetContent } from '../ui/sheet.tsx'
import type { ProviderActions } from './provider-actions.ts'
import type { ProviderFacts, VendorFacts } from './provider-facts.ts'
import { ProviderForm, type SavedProvider } from './provider-form.tsx'

interface ProviderSheetProps {
  /** What is edited; "new"; null: closed. */
  shown: ProviderFacts | 'new' | null
  vendors: readonly VendorFacts[]
  actions: ProviderActions
  onClose: () => void
  onSaved: (saved: SavedProvider) => void
}

export function ProviderSheet({ shown, vendors, actions, onClose, onSaved }: ProviderSheetProps) {
  const t = useTranslations('providers.form')
  const common = useTranslations('common')
  const formId = useId()
  const [pending, setPending] = useState(false)
  const provider = shown === 'new' ? null : shown
  return (
    <Sheet open={shown !== null} onOpenChange={(open) => !open && onClose()}>
      {shown ? (
        <SheetContent
          title={provider ? t('editTitle', { name: provider.name }) : t('newTitle')}
          description={provider ? t('editDescription') : t('newDescription')}
          footer={
            <>
              <Button disabled={pending} onClick={onClose}>
                {common('cancel')}
              </Button>
              <Button variant="primary" type="submit" form={formId} pending={pending}>
                {provider ? t('save') : t('create')}
              </Button>
            </>
          }
        >
          <ProviderForm
            id={formId}
            provider={provider}
            vendors={vendors}
            actions={actions}
            onSaved={onSaved}
            onPending={setPending}
          />
        </SheetContent>
      ) : null}
    </Sheet>
  )
}
