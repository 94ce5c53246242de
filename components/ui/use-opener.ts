'use client'

import { useRef } from 'react'

/**
 * For the content of a dialog: gives the focus back to what had it when the dialog was opened, or to the button of the
 * menu that it was opened from.
 */
export function useOpener() {
  const opener = useRef<HTMLElement | null>(null)
  return {
    onOpenAutoFocus: () => {
      const active = document.activeElement instanceof HTMLElement ? document.activeElement : null
      const menuButtonId = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby')
      opener.current = menuButtonId ? document.getElementById(menuButtonId) : active
    },
    onCloseAutoFocus: (event: Event) => {
      if (!opener.current?.isConnected || opener.current === document.body) return
      event.preventDefault()
      opener.current.focus()
    },
  }
}
