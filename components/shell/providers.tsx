'use client'

import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'
import { LateToaster } from '../ui/late-toaster.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'

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
      <TooltipProvider delayDuration={300}>
        {children}
        <LateToaster />
      </TooltipProvider>
    </ThemeProvider>
  )
}
