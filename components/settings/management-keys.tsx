'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { RoleName } from '../members/roles.ts'
import { onceShown } from '../once-shown.ts'
import { Button } from '../ui/button.tsx'
import { ButtonLink } from '../ui/button-link.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { lateDialog } from '../ui/late-dialog.tsx'
import { Section } from '../ui/section.tsx'
import { ManagementKeysTable } from './management-keys-table.tsx'
import type { ManagementKeyActions, ManagementKeyFacts } from './settings-facts.ts'

const NewManagementKeyDialog = lateDialog(
  async () => (await import('./new-management-key-dialog.tsx')).NewManagementKeyDialog,
)
const ManagementSecretDialog = lateDialog(
  async () => (await import('./management-secret-dialog.tsx')).ManagementSecretDialog,
)

interface ManagementKeysProps {
  keys: readonly ManagementKeyFacts[]
  /** Roles that who looks may give to a key. */
  roles: readonly RoleName[]
  /** Of the management API. */
  apiUrl: string
  referenceHref: string
  actions: ManagementKeyActions
}

export function ManagementKeys({ keys, roles, apiUrl, referenceHref, actions }: ManagementKeysProps) {
  const t = useTranslations('settings.keys')
  const [isAdding, setAdding] = useState(false)
  const [shown, setShown] = useState<{ name: string; secret: string } | null>(null)
  const add = (
    <Button onClick={() => setAdding(true)}>
      <Plus />
      {t('new')}
    </Button>
  )
  return (
    <Section
      title={t('title')}
      description={t('description')}
      actions={
        <>
          <ButtonLink href={referenceHref} variant="ghost">
            {t('reference')}
          </ButtonLink>
          {keys.length > 0 ? add : null}
        </>
      }
    >
      {keys.length > 0 ? (
        <ManagementKeysTable keys={keys} revoke={actions.revoke} />
      ) : (
        <EmptyState size="compact" title={t('empty')} description={t('emptyDescription')} action={add} />
      )}
      <NewManagementKeyDialog
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        roles={roles}
        create={onceShown(ManagementSecretDialog, actions.create)}
        onCreated={(made) => {
          setAdding(false)
          setShown(made)
        }}
      />
      {shown ? <ManagementSecretDialog shown={shown} apiUrl={apiUrl} onDone={() => setShown(null)} /> : null}
    </Section>
  )
}
