'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { ActionResult } from '../action-result.ts'
import { onceShown } from '../once-shown.ts'
import { lateDialog } from '../ui/late-dialog.tsx'
import type { KeyDraft } from './key-draft.ts'
import { KeyForm } from './key-form.tsx'
import type { KeyFormOptions } from './key-form-options.ts'
import type { ShownSecret } from './secret-dialog.tsx'

const SecretDialog = lateDialog(async () => (await import('./secret-dialog.tsx')).SecretDialog)

export interface CreatedKey extends ShownSecret {
  id: string
}

interface NewKeyProps {
  initial: KeyDraft
  options: KeyFormOptions
  /** The list; the id of a key leads to its page. */
  keysPath: string
  baseUrl: string
  create: (draft: KeyDraft) => Promise<ActionResult<CreatedKey>>
}

/** The form of a new key, its secret, and then its page. */
export function NewKey({ initial, options, keysPath, baseUrl, create }: NewKeyProps) {
  const t = useTranslations('keys.form')
  const router = useRouter()
  const [created, setCreated] = useState<CreatedKey | null>(null)
  return (
    <>
      <KeyForm
        initial={initial}
        options={options}
        submitLabel={t('create')}
        cancelHref={keysPath}
        save={onceShown(SecretDialog, create)}
        onSaved={setCreated}
      />
      {created ? (
        <SecretDialog
          shown={created}
          reason="created"
          baseUrl={baseUrl}
          onDone={() => router.push(`${keysPath}/${created.id}`)}
        />
      ) : null}
    </>
  )
}
