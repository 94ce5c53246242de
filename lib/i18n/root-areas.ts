/** What every page needs in the browser; `messagesLayout` sends what else a section does. */
export const rootAreas = ['common', 'console', 'shell', 'ui'] as const
