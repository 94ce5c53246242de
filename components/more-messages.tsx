'use client'

import { type AbstractIntlMessages, NextIntlClientProvider, useLocale, useMessages } from 'next-intl'
import { type ReactNode, useMemo } from 'react'

interface MoreMessagesProps {
  messages: AbstractIntlMessages
  children: ReactNode
}

/** Adds messages to those that the browser has from further up. */
export function MoreMessages({ messages, children }: MoreMessagesProps) {
  const known = useMessages()
  const all = useMemo(() => ({ ...known, ...messages }) as typeof known, [known, messages])
  return (
    <NextIntlClientProvider locale={useLocale()} messages={all}>
      {children}
    </NextIntlClientProvider>
  )
}
