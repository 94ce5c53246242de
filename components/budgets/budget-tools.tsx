'use client'

import { Ellipsis, TrendingUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '../ui/dropdown-menu.tsx'
import { lateDialog } from '../ui/late-dialog.tsx'
import { toast } from '../ui/toast.ts'
import type { BudgetActions } from './budget-actions.ts'
import type { BudgetFacts } from './budget-facts.ts'
import { EditLimit } from './edit-limit.tsx'
import { useBudgetName } from './use-budget-name.ts'

const RaiseDialog = lateDialog(async () => (await import('./raise-dialog.tsx')).RaiseDialog)

/** Change, raise, remove: whoever may not sees nothing. */
export function BudgetTools({ budget, actions }: { budget: BudgetFacts; actions: BudgetActions }) {
  const t = useTranslations('budgets')
  const failed = useTranslations('console.failure')
  const nameOf = useBudgetName()
  const [open, setOpen] = useState<'raise' | 'remove' | null>(null)
  if (budget.scope === 'organization' && !actions.mayChangeOrganization) return null
  const name = nameOf(budget)
  return (
    <div className="flex shrink-0 items-center gap-0.5">
      <Button
        variant="ghost"
        size="sm"
        onClick={() => setOpen('raise')}
        aria-label={t('raise.label', { budget: name })}
      >
        <TrendingUp />
        {t('raise.button')}
      </Button>
      <EditLimit budget={budget} change={actions.change} />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t('menu', { budget: name })}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem tone="danger" onSelect={() => setOpen('remove')}>
            {t('remove.menu')}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <RaiseDialog budget={budget} isOpen={open === 'raise'} onClose={() => setOpen(null)} actions={actions} />
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={(shown) => setOpen(shown ? 'remove' : null)}
        title={t('remove.title')}
        description={t('remove.description', { budget: name })}
        confirmLabel={t('remove.confirm')}
        tone="danger"
        onConfirm={async () => {
          const { failure } = await actions.archive(budget.id)
          if (failure) return { error: failureText(failed, failure) }
          toast.success(t('remove.done'))
        }}
      />
    </div>
  )
}
