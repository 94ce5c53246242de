'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import { failureText } from '../failure-text.ts'
import { RoleSelect } from '../members/role-select.tsx'
import type { RoleName } from '../members/roles.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import type { ManagementKeyActions, ManagementKeyDraft } from './settings-facts.ts'

interface NewManagementKeyDialogProps {
  isOpen: boolean
  onClose: () => void
  roles: readonly RoleName[]
  create: ManagementKeyActions['create']
  onCreated: (made: { name: string; secret: string }) => void
}

export function NewManagementKeyDialog({ isOpen, onClose, roles, create, onCreated }: NewManagementKeyDialogProps) {
  const t = useTranslations('settings.keys.form')
  const common = useTranslations('common')
  const formId = useId()
  const [pending, start] = useTransition()
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        description={t('description')}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={pending}>{common('cancel')}</Button>
            </DialogClose>
            <Button variant="primary" type="submit" form={formId} pending={pending}>
              {t('submit')}
            </Button>
          </>
        }
      >
        <NewManagementKeyForm id={formId} roles={roles} create={create} start={start} onCreated={onCreated} />
      </DialogContent>
    </Dialog>
  )
}

interface NewManagementKeyFormProps extends Pick<NewManagementKeyDialogProps, 'roles' | 'create' | 'onCreated'> {
  id: string
  start: (work: () => Promise<void>) => void
}

function NewManagementKeyForm({ id, roles, create, start, onCreated }: NewManagementKeyFormProps) {
  const t = useTranslations('settings.keys')
  const member = useTranslations('members')
  const failed = useTranslations('console.failure')
  const [draft, setDraft] = useState<ManagementKeyDraft>({ name: '', role: roles.includes('admin') ? 'admin' : 'lead' })
  const [problem, setProblem] = useState<'required' | 'name' | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const name = draft.name.trim()
    setProblem(name ? null : 'required')
    setRefusal(null)
    if (!name) return
    start(async () => {
      const { value, failure } = await create({ ...draft, name })
      if (!failure) onCreated({ name, secret: value.secret })
      else if (failure.param === 'name') setProblem('name')
      else setRefusal(failureText(failed, failure))
    })
  }
  return (
    <form id={id} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
      <Field label={t('form.name')} required error={problem ? t(`form.errors.${problem}`) : undefined}>
        <Input
          maxLength={100}
          placeholder={t('form.namePlaceholder')}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
      </Field>
      <Field label={t('form.role')} hint={member(`roleHints.${draft.role}`)}>
        <RoleSelect roles={roles} value={draft.role} onChange={(role) => setDraft({ ...draft, role })} />
      </Field>
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
    </form>
  )
}
