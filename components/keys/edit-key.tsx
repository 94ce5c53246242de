'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ActionResult } from '../action-result.ts'
import { toast } from '../ui/toast.ts'
import type { KeyDraft } from './key-draft.ts'
import { KeyForm } from './key-form.tsx'
import type { KeyFormOptions } from './key-form-options.ts'

interface EditKeyProps {
  initial: KeyDraft
  options: KeyFormOptions
  /** Its page. */
  keyPath: string
  change: (draft: KeyDraft) => Promise<ActionResult<{ name: string }>>
}

export function EditKey({ initial, options, keyPath, change }: EditKeyProps) {
  const t = useTranslations('keys.form')
  const router = useRouter()
  return (
    <KeyForm
      initial={initial}
      options={options}
      submitLabel={t('save')}
      cancelHref={keyPath}
      save={change}
      onSaved={({ name }) => {
        toast.success(t('saved', { name }))
        router.push(keyPath)
      }}
    />
  )
}
