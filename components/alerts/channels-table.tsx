'use client'

import { useTranslations } from 'next-intl'
import { Badge } from '../ui/badge.tsx'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table.tsx'
import type { ChannelActions, ChannelFacts } from './alert-facts.ts'
import { ChannelMenu } from './channel-menu.tsx'

interface ChannelsTableProps {
  channels: readonly ChannelFacts[]
  actions: ChannelActions | null
}

export function ChannelsTable({ channels, actions }: ChannelsTableProps) {
  const t = useTranslations('alerts')
  return (
    <Table label={t('channels.title')}>
      <TableHeader>
        <TableRow>
          <TableHead>{t('channels.columns.name')}</TableHead>
          <TableHead className="max-sm:hidden">{t('channels.columns.target')}</TableHead>
          <TableHead className="max-md:hidden">{t('channels.columns.kinds')}</TableHead>
          <TableHead className="w-16">
            <span className="sr-only">{t('channels.columns.actions')}</span>
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {channels.map((channel) => (
          <TableRow key={channel.id}>
            <TableCell>
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <span className="break-words font-medium">{channel.name}</span>
                <Badge>{t(`channelKinds.${channel.kind}`)}</Badge>
                {channel.isPaused ? <Badge tone="warning">{t('channels.paused')}</Badge> : null}
              </span>
            </TableCell>
            <TableCell className="max-w-64 truncate text-muted max-sm:hidden" title={channel.target}>
              {channel.target}
            </TableCell>
            <TableCell className="max-w-72 truncate text-muted max-md:hidden">
              {channel.alertKinds.length === 0
                ? t('channels.everyKind')
                : channel.alertKinds.map((kind) => t(`kinds.${kind}`)).join(t('channels.comma'))}
            </TableCell>
            <TableCell className="text-right">
              {actions ? <ChannelMenu channel={channel} actions={actions} /> : null}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
