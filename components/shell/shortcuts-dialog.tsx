'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Dialog, DialogContent } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import type { NavGroup } from './navigation.ts'
import { useModifierLabel } from './use-modifier-label.ts'

interface ShortcutsDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  navigation: readonly NavGroup[]
}

export function ShortcutsDialog({ open, onOpenChange, navigation }: ShortcutsDialogProps) {
  const t = useTranslations('shell.shortcuts')
  const modifier = useModifierLabel()
  const items = navigation.flatMap((group) => group.items).filter((item) => item.shortcut)
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('title')} description={t('description')}>
        <div className="grid gap-6 sm:grid-cols-2 sm:gap-8">
          <Group title={t('general')}>
            <Line label={t('openPalette')}>
              <Kbd>{modifier}</Kbd>
              <Kbd>K</Kbd>
            </Line>
            <Line label={t('showShortcuts')}>
              <Kbd>?</Kbd>
            </Line>
            <Line label={t('close')}>
              <Kbd>Esc</Kbd>
            </Line>
          </Group>
          {items.length > 0 ? (
            <Group title={t('goTo')}>
              {items.map((item) => (
                <Line key={item.href} label={item.label}>
                  <Kbd>G</Kbd>
                  <span className="text-faint text-xs">{t('then')}</span>
                  <Kbd>{item.shortcut?.toUpperCase()}</Kbd>
                </Line>
              ))}
            </Group>
          ) : null}
        </div>
      </DialogContent>
    </Dialog>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid content-start gap-1">
      <h3 className="pb-1 font-medium text-muted text-xs">{title}</h3>
      <dl className="grid gap-0.5">{children}</dl>
    </section>
  )
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-4 text-sm">
      <dt>{label}</dt>
      <dd className="flex shrink-0 items-center gap-1">{children}</dd>
    </div>
  )
}
