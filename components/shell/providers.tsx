'use client'

import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'
import { LateToaster } from '../ui/late-toaster.tsx'
import { MissingNotice } from '../ui/missing-notice.tsx'
import { Waker } from '../ui/waker.tsx'

interface ProvidersProps {
  /** For the one inline script, which sets the theme before the first paint. */
  nonce: string | undefined
  children: ReactNode
}

/** What every page stands on; mounted once by the root layout. */
export function Providers({ nonce, children }: ProvidersProps) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      storageKey="stipend_theme"
      nonce={nonce}
    >
      {children}
      <LateToaster />
      <MissingNotice />
      <Waker />
    </ThemeProvider>
  )
}
