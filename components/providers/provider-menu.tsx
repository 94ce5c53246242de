'use client'

import { CirclePause, CirclePlay, Ellipsis, Pencil, PlugZap, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import type { ActionResult } from '../action-result.ts'
import { failureText } from '../failure-text.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu.tsx'
import { toast } from '../ui/toast.ts'
import type { ProviderActions } from './provider-actions.ts'
import type { ProviderFacts } from './provider-facts.ts'

interface ProviderMenuProps {
  provider: ProviderFacts
  actions: ProviderActions
  onEdit: () => void
  onTest: () => void
}

export function ProviderMenu({ provider, actions, onEdit, onTest }: ProviderMenuProps) {
  const t = useTranslations('providers')
  const failed = useTranslations('console.failure')
  const [asked, setAsked] = useState<'disable' | 'remove' | null>(null)
  const [pending, start] = useTransition()
  const { id, name } = provider
  const said = ({ failure }: ActionResult<unknown>, done: string) => {
    if (failure) return { error: failureText(failed, failure) }
    toast.success(done)
  }
  const enable = () =>
    start(async () => {
      const result = said(await actions.change(id, { disabled: false }), t('enable.done', { name }))
      if (result) toast.error(result.error)
    })
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" pending={pending} aria-label={t('actions.label', { name })}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={onTest}>
            <PlugZap />
            {t('actions.test')}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={onEdit}>
            <Pencil />
            {t('actions.edit')}
          </DropdownMenuItem>
          {provider.disabledAt ? (
            <DropdownMenuItem onSelect={enable}>
              <CirclePlay />
              {t('actions.enable')}
            </DropdownMenuItem>
          ) : (
            <DropdownMenuItem onSelect={() => setAsked('disable')}>
              <CirclePause />
              {t('actions.disable')}
            </DropdownMenuItem>
          )}
          <DropdownMenuSeparator />
          <DropdownMenuItem tone="danger" onSelect={() => setAsked('remove')}>
            <Trash2 />
            {t('actions.remove')}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        open={asked === 'disable'}
        onOpenChange={(open) => setAsked(open ? 'disable' : null)}
        title={t('disable.title', { name })}
        description={
          <Consequences text={t('disable.description')} provider={{ ...provider, models: provider.onlyHere }} />
        }
        confirmLabel={t('disable.confirm')}
        onConfirm={async () => said(await actions.change(id, { disabled: true }), t('disable.done', { name }))}
      />
      <ConfirmDialog
        open={asked === 'remove'}
        onOpenChange={(open) => setAsked(open ? 'remove' : null)}
        title={t('remove.title', { name })}
        description={<Consequences text={t('remove.description')} provider={provider} />}
        confirmLabel={t('remove.confirm')}
        tone="danger"
        onConfirm={async () => said(await actions.remove(id), t('remove.done', { name }))}
      />
    </>
  )
}

/** Which models lose it, and which can then not be called at all. */
function Consequences({ text, provider }: { text: string; provider: ProviderFacts }) {
  const t = useTranslations('providers.remove')
  const losing = provider.models.filter((model) => !provider.onlyHere.includes(model))
  return (
    <span className="grid gap-2">
      <span>{text}</span>
      {provider.onlyHere.length > 0 ? (
        <span className="text-danger-text">
          {t('stopping', { count: provider.onlyHere.length })} <Names names={provider.onlyHere} />
        </span>
      ) : null}
      {losing.length > 0 ? (
        <span>
          {t('losing', { count: losing.length })} <Names names={losing} />
        </span>
      ) : null}
    </span>
  )
}

function Names({ names }: { names: readonly string[] }) {
  return <span className="break-words font-mono text-xs">{names.join(', ')}</span>
}
