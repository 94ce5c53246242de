'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { toast } from '../ui/toast.ts'
import type { MemberActions, MemberDraft, ShownAccessLink } from './member-facts.ts'
import { RoleSelect } from './role-select.tsx'
import type { RoleName } from './roles.ts'

interface InviteDialogProps {
  isOpen: boolean
  onClose: () => void
  roles: readonly RoleName[]
  canSendMail: boolean
  invite: MemberActions['invite']
  /** Shows the link by which the new member comes in. */
  onLink: (link: ShownAccessLink & { name: string }) => void
}

export function InviteDialog({ isOpen, onClose, ...form }: InviteDialogProps) {
  const t = useTranslations('members.form')
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
        <InviteForm {...form} id={formId} start={start} onClose={onClose} />
      </DialogContent>
    </Dialog>
  )
}

type Problems = Partial<Record<'name' | 'email', 'required' | 'email' | 'name' | 'taken'>>

interface InviteFormProps extends Omit<InviteDialogProps, 'isOpen'> {
  id: string
  start: (work: () => Promise<void>) => void
}

function InviteForm({ id, roles, canSendMail, invite, start, onClose, onLink }: InviteFormProps) {
  const t = useTranslations('members')
  const failed = useTranslations('console.failure')
  const [draft, setDraft] = useState<MemberDraft>({ name: '', email: '', role: 'member' })
  const [problems, setProblems] = useState<Problems>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const errorOf = (field: keyof Problems) => (problems[field] ? t(`form.errors.${problems[field]}`) : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const [name, email] = [draft.name.trim(), draft.email.trim()]
    const found: Problems = !email ? { email: 'required' } : /^\S+@\S+\.\S+$/.test(email) ? {} : { email: 'email' }
    setProblems(found)
    setRefusal(null)
    if (Object.keys(found).length > 0) return
    start(async () => {
      const { value, failure } = await invite({ ...draft, name, email })
      if (failure) return refuse(failure)
      toast.success(t(value.mailed ? 'form.mailed' : 'form.added', { name: value.name }))
      onClose()
      if (value.link) onLink({ ...value.link, name: value.name })
    })
  }
  const refuse = (failure: ActionFailure) => {
    if (failure.param === 'email') setProblems({ email: failure.code === 'conflict' ? 'taken' : 'email' })
    else if (failure.param === 'name') setProblems({ name: 'name' })
    else setRefusal(failureText(failed, failure))
  }
  return (
    <form id={id} onSubmit={submit} noValidate className="grid grid-cols-1 gap-5">
      <Field label={t('form.email')} required error={errorOf('email')}>
        <Input
          type="email"
          maxLength={254}
          value={draft.email}
          onChange={(event) => setDraft({ ...draft, email: event.target.value })}
        />
      </Field>
      <Field label={t('form.name')} optional hint={t('form.nameHint')} error={errorOf('name')}>
        <Input
          maxLength={100}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
      </Field>
      <Field label={t('form.role')} hint={t(`roleHints.${draft.role}`)}>
        <RoleSelect roles={roles} value={draft.role} onChange={(role) => setDraft({ ...draft, role })} />
      </Field>
      <p className="text-muted text-sm">{t(canSendMail ? 'form.mail' : 'form.noMail')}</p>
      {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
    </form>
  )
}
