'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import type { RoleName } from '../members/roles.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { toast } from '../ui/toast.ts'

interface OwnOrganizationsProps {
  organizations: readonly { slug: string; name: string; role: RoleName }[]
  leave: (slug: string) => Promise<ActionResult<null>>
}

/** Where one belongs, and the way out. */
export function OwnOrganizations({ organizations, leave }: OwnOrganizationsProps) {
  const t = useTranslations('account.organizations')
  const members = useTranslations('members')
  const failed = useTranslations('console.failure')
  return (
    <ul className="grid grid-cols-1 divide-y divide-line border-line border-y">
      {organizations.map(({ slug, name, role }) => (
        <li key={slug} className="flex min-w-0 items-center gap-3 py-3">
          <div className="grid min-w-0 flex-1">
            <Link
              href={`/${slug}`}
              className="truncate rounded-sm font-medium text-sm underline-offset-4 hover:underline"
            >
              {name}
            </Link>
            <span className="text-muted text-xs">{members(`roles.${role}`)}</span>
          </div>
          <ConfirmDialog
            trigger={
              <Button size="sm" aria-label={`${t('leave')}: ${name}`}>
                {t('leave')}
              </Button>
            }
            title={t('title', { name })}
            description={t('description')}
            confirmLabel={t('confirm')}
            tone="danger"
            onConfirm={async () => {
              const { failure } = await leave(slug)
              if (failure)
                return { error: failure.code === 'conflict' ? members('lastOwner') : failureText(failed, failure) }
              toast.success(t('left', { name }))
            }}
          />
        </li>
      ))}
    </ul>
  )
}
