import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import { MoreMessages } from '#components/more-messages.tsx'
import { type Area, pickAreas } from '#lib/i18n/pick-areas.ts'

/**
 * A layout that sends these areas of messages to the browser, for what its pages have there; the root layout sends what
 * every page needs. `test/console-language` says which are missing and which are too many.
 */
export function messagesLayout(...areas: Area[]) {
  return async function MessagesLayout({ children }: { children: ReactNode }) {
    return <MoreMessages messages={pickAreas(await getMessages(), areas)}>{children}</MoreMessages>
  }
}
