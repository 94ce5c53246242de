'use client'

import { useTranslations } from 'next-intl'
import { Badge } from '../ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import { hostOf } from './host-of.ts'
import type { ProviderActions } from './provider-actions.ts'
import type { ProviderFacts } from './provider-facts.ts'
import { ProviderMenu } from './provider-menu.tsx'
import { ProviderState } from './provider-state.tsx'

interface ProvidersTableProps {
  providers: readonly ProviderFacts[]
  /** Null: for reading only. */
  actions: ProviderActions | null
  onEdit: (id: string) => void
  onTest: (id: string) => void
}

const shownModels = 2

/** In the order in which routes try them. */
export function ProvidersTable({ providers, actions, onEdit, onTest }: ProvidersTableProps) {
  const t = useTranslations('providers')
  return (
    <Table label={t('title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('columns.name')}</TableHead>
          <TableHead className="max-sm:hidden">{t('columns.address')}</TableHead>
          <TableHead className="max-md:hidden">{t('columns.credential')}</TableHead>
          <TableHead className="max-lg:hidden">{t('columns.models')}</TableHead>
          <TableHead className="max-xl:hidden">{t('columns.limits')}</TableHead>
          <TableHead numeric className="max-md:hidden">
            {t('columns.order')}
          </TableHead>
          <TableHead className="md:pl-6">{t('columns.state')}</TableHead>
          {actions ? (
            <TableHead className="w-8">
              <span className="sr-only">{t('columns.actions')}</span>
            </TableHead>
          ) : null}
        </TableRow>
      </TableHeader>
      <TableBody>
        {providers.map((provider) => (
          <TableRow key={provider.id} className={provider.disabledAt ? 'text-muted' : undefined}>
            <TableCell className="max-w-64">
              <div className="grid min-w-0">
                {actions ? (
                  <button
                    type="button"
                    onClick={() => onEdit(provider.id)}
                    className="w-fit max-w-full truncate rounded-sm text-left font-medium hover:underline"
                  >
                    {provider.name}
                  </button>
                ) : (
                  <span className="truncate font-medium">{provider.name}</span>
                )}
                <span className="truncate text-muted text-xs">{provider.vendor.label}</span>
              </div>
            </TableCell>
            <TableCell title={provider.baseUrl} className="max-w-56 truncate font-mono text-xs max-sm:hidden">
              {hostOf(provider.baseUrl)}
            </TableCell>
            <TableCell className="whitespace-nowrap font-mono text-muted text-xs max-md:hidden">
              {provider.credentialHint ? `…${provider.credentialHint}` : t('noKeyShown')}
            </TableCell>
            <TableCell className="max-lg:hidden">
              <ServedModels models={provider.models} />
            </TableCell>
            <TableCell className="text-muted text-xs max-xl:hidden">
              <Limits provider={provider} />
            </TableCell>
            <TableCell numeric className="max-md:hidden">
              {provider.priority} · {provider.weight}
            </TableCell>
            <TableCell className="md:pl-6">
              <ProviderState provider={provider} />
            </TableCell>
            {actions ? (
              <TableCell className="text-right">
                <ProviderMenu
                  provider={provider}
                  actions={actions}
                  onEdit={() => onEdit(provider.id)}
                  onTest={() => onTest(provider.id)}
                />
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function ServedModels({ models }: { models: readonly string[] }) {
  const t = useTranslations('providers')
  const hidden = models.slice(shownModels)
  return (
    <span className="flex flex-wrap items-center gap-1">
      {models.slice(0, shownModels).map((model) => (
        <Badge key={model}>{model}</Badge>
      ))}
      {hidden.length > 0 ? (
        <span title={hidden.join(', ')} className="text-muted text-xs">
          {t('moreModels', { count: hidden.length })}
        </span>
      ) : null}
    </span>
  )
}

function Limits({ provider }: { provider: ProviderFacts }) {
  const t = useTranslations('providers.limits')
  const { requestsPerMinute, tokensPerMinute } = provider
  if (requestsPerMinute === null && tokensPerMinute === null) return t('none')
  return (
    <span className="grid whitespace-nowrap">
      {requestsPerMinute === null ? null : <span>{t('requests', { count: requestsPerMinute })}</span>}
      {tokensPerMinute === null ? null : <span>{t('tokens', { count: tokensPerMinute })}</span>}
    </span>
  )
}
