'use client'

import { ArrowUpDown, Ellipsis, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '../ui/dropdown-menu.tsx'
import { lateDialog } from '../ui/late-dialog.tsx'
import { toast } from '../ui/toast.ts'
import type { ModelActions } from './model-actions.ts'
import type { DeploymentFacts, ModelFacts } from './model-facts.ts'

const OrderDialog = lateDialog(async () => (await import('./order-dialog.tsx')).OrderDialog)

interface DeploymentMenuProps {
  model: ModelFacts
  deployment: DeploymentFacts
  actions: ModelActions
}

export function DeploymentMenu({ model, deployment, actions }: DeploymentMenuProps) {
  const t = useTranslations('models')
  const failed = useTranslations('console.failure')
  const [open, setOpen] = useState<'order' | 'remove' | null>(null)
  const name = deployment.upstreamModel
  const isLast = model.deployments.length === 1
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t('detail.deploymentActions', { name })}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => setOpen('order')}>
            <ArrowUpDown />
            {t('detail.changeOrder')}
          </DropdownMenuItem>
          <DropdownMenuItem
            tone="danger"
            disabled={isLast}
            title={isLast ? t('detail.last') : undefined}
            onSelect={() => setOpen('remove')}
          >
            <Trash2 />
            {t('detail.removeDeployment')}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <OrderDialog
        isOpen={open === 'order'}
        onClose={() => setOpen(null)}
        deployment={deployment}
        change={actions.changeDeployment}
      />
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={(shown) => setOpen(shown ? 'remove' : null)}
        title={t('deployment.removeTitle', { name, model: model.name })}
        description={t('deployment.removeDescription')}
        confirmLabel={t('deployment.removeConfirm')}
        tone="danger"
        onConfirm={async () => {
          const { failure } = await actions.removeDeployment(deployment.id)
          if (failure) return { error: failureText(failed, failure) }
          toast.success(t('deployment.removed', { name, model: model.name }))
        }}
      />
    </>
  )
}
