'use client'

import { useTranslations } from 'next-intl'
import { Money } from '../money.tsx'
import { Badge } from '../ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { DeploymentMenu } from './deployment-menu.tsx'
import type { ModelActions } from './model-actions.ts'
import type { ModelFacts } from './model-facts.ts'

interface DeploymentsTableProps {
  model: ModelFacts
  actions: ModelActions | null
}

export function DeploymentsTable({ model, actions }: DeploymentsTableProps) {
  const t = useTranslations('models')
  return (
    <Table label={t('detail.deployments')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('detail.provider')}</TableHead>
          <TableHead>{t('detail.upstream')}</TableHead>
          <TableHead numeric className="max-sm:hidden">
            {t('detail.order')}
          </TableHead>
          <TableHead numeric>{t('detail.price')}</TableHead>
          {actions ? (
            <TableHead className="w-8">
              <span className="sr-only">{t('detail.actions')}</span>
            </TableHead>
          ) : null}
        </TableRow>
      </TableHeader>
      <TableBody>
        {model.deployments.map((deployment) => (
          <TableRow key={deployment.id}>
            <TableCell className="max-w-56">
              <div className="grid min-w-0">
                <span className="flex min-w-0 items-center gap-2">
                  <span className="truncate">{deployment.providerName}</span>
                  {deployment.isDisabled ? <Badge>{t('detail.disabled')}</Badge> : null}
                </span>
                <span className="truncate text-muted text-xs">{deployment.vendorLabel}</span>
              </div>
            </TableCell>
            <TableCell className="max-w-64 break-words font-mono text-xs">{deployment.upstreamModel}</TableCell>
            <TableCell numeric className="max-sm:hidden">
              {deployment.priority} · {deployment.weight}
            </TableCell>
            <TableCell numeric>
              {deployment.price ? (
                <>
                  <Money usd={deployment.price.inputUsd} style="exact" /> <span className="text-faint">/</span>{' '}
                  <Money usd={deployment.price.outputUsd} style="exact" />
                </>
              ) : (
                <Badge tone="warning">{t('unpriced.badge')}</Badge>
              )}
            </TableCell>
            {actions ? (
              <TableCell className="text-right">
                <DeploymentMenu model={model} deployment={deployment} actions={actions} />
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
