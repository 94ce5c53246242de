'use client'

import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import type { ActionFailure } from '../action-result.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog, DialogClose, DialogContent } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { toast } from '../ui/toast.ts'
import type { MemberActions, MemberFacts } from './member-facts.ts'
import { RoleSelect } from './role-select.tsx'
import type { RoleName } from './roles.ts'

interface RoleDialogProps {
  isOpen: boolean
  onClose: () => void
  member: MemberFacts
  roles: readonly RoleName[]
  change: MemberActions['change']
  refusalOf: (failure: ActionFailure) => string
}

export function RoleDialog({ isOpen, onClose, member, roles, change, refusalOf }: RoleDialogProps) {
  const t = useTranslations('members')
  const common = useTranslations('common')
  const [role, setRole] = useState(member.role)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [pending, start] = useTransition()
  const close = () => {
    onClose()
    setRole(member.role)
    setRefusal(null)
  }
  const save = () =>
    start(async () => {
      const { failure } = await change(member.id, role)
      if (failure) return setRefusal(refusalOf(failure))
      toast.success(t('role.done', { name: member.name, role: t(`roles.${role}`) }))
      onClose()
    })
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && close()}>
      <DialogContent
        size="sm"
        title={t('role.title', { name: member.name })}
        description={t('role.description')}
        footer={
          <>
            <DialogClose asChild>
              <Button disabled={pending}>{common('cancel')}</Button>
            </DialogClose>
            <Button variant="primary" onClick={save} pending={pending} disabled={role === member.role}>
              {t('role.save')}
            </Button>
          </>
        }
      >
        <Field label={t('form.role')} hint={t(`roleHints.${role}`)}>
          <RoleSelect roles={roles} value={role} onChange={setRole} />
        </Field>
        {refusal ? <Callout tone="danger">{refusal}</Callout> : null}
      </DialogContent>
    </Dialog>
  )
}
