'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { onceShown } from '../once-shown.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { lateDialog } from '../ui/late-dialog.tsx'
import { Section } from '../ui/section.tsx'
import type { ChannelActions, ChannelFacts } from './alert-facts.ts'
import { ChannelsTable } from './channels-table.tsx'

const ChannelDialog = lateDialog(async () => (await import('./channel-dialog.tsx')).ChannelDialog)
const SigningSecretDialog = lateDialog(async () => (await import('./signing-secret-dialog.tsx')).SigningSecretDialog)

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
          actions={{ ...actions, create: onceShown(SigningSecretDialog, actions.create) }}
          onClose={() => setAdding(false)}
          onSecret={setSecret}
        />
      ) : null}
      {secret === null ? null : <SigningSecretDialog secret={secret} onDone={() => setSecret(null)} />}
    </Section>
  )
}
