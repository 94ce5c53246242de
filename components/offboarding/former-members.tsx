'use client'

import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import type { ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import type { RoleName } from '../members/roles.ts'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { Time } from '../ui/time.tsx'
import { toast } from '../ui/toast.ts'

export interface FormerMemberFacts {
  id: string
  name: string
  email: string
  role: RoleName
  /** ISO 8601. */
  removedAt: string
  pausedKeys: number
  mayBeReinstated: boolean
}

interface FormerMembersProps {
  members: readonly FormerMemberFacts[]
  reinstate: (id: string) => Promise<ActionResult<null>>
}

/** Who left, for when that was a mistake or they come back. */
export function FormerMembers({ members, reinstate }: FormerMembersProps) {
  const t = useTranslations('members.former')
  const roles = useTranslations('members.roles')
  const failed = useTranslations('console.failure')
  const [pending, start] = useTransition()
  const bringBack = ({ id, name }: FormerMemberFacts) =>
    start(async () => {
      const { failure } = await reinstate(id)
      if (failure) toast.error(failureText(failed, failure))
      else toast.success(t('done', { name }))
    })
  return (
    <Disclosure title={t('title', { count: members.length })}>
      <ul className="grid grid-cols-1 divide-y divide-line">
        {members.map((member) => (
          <li key={member.id} className="flex min-w-0 items-center gap-3 py-3">
            <div className="grid min-w-0 flex-1">
              <span className="truncate font-medium text-sm">
                {member.name} <span className="font-normal text-muted">· {member.email}</span>
              </span>
              <span className="text-muted text-xs">
                {roles(member.role)} · {t('left')} <Time at={member.removedAt} format="date" /> ·{' '}
                {t('keys', { count: member.pausedKeys })}
              </span>
            </div>
            {member.mayBeReinstated ? (
              <Button size="sm" disabled={pending} onClick={() => bringBack(member)}>
                {t('action')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
