'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Section } from '../ui/section.tsx'
import type { ChannelActions, ChannelFacts } from './alert-facts.ts'
import { ChannelDialog } from './channel-dialog.tsx'
import { ChannelsTable } from './channels-table.tsx'
import { SigningSecretDialog } from './signing-secret-dialog.tsx'

interface ChannelsProps {
  channels: readonly ChannelFacts[]
  canSendMail: boolean
  /** Null: for reading only. */
  actions: ChannelActions | null
}

/** Where alerts go. */
export function Channels({ channels, canSendMail, actions }: ChannelsProps) {
  const t = useTranslations('alerts.channels')
  const [isAdding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const add = actions ? (
    <Button onClick={() => setAdding(true)}>
      <Plus />
      {t('add')}
    </Button>
  ) : null
  return (
    <Section title={t('title')} description={t('description')} actions={channels.length > 0 ? add : null}>
      {!canSendMail && channels.some(({ kind }) => kind === 'email') ? (
        <Callout tone="warning">{t('noMail')}</Callout>
      ) : null}
      {channels.length === 0 ? (
        <EmptyState size="compact" title={t('empty')} description={t('emptyHint')} action={add} />
      ) : (
        <ChannelsTable channels={channels} actions={actions} />
      )}
      {actions ? (
        <ChannelDialog
          isOpen={isAdding}
          channel={null}
          canSendMail={canSendMail}
          actions={actions}
          onClose={() => setAdding(false)}
          onSecret={setSecret}
        />
      ) : null}
      {secret === null ? null : <SigningSecretDialog secret={secret} onDone={() => setSecret(null)} />}
    </Section>
  )
}
