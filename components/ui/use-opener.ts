'use client'

import { useRef } from 'react'
import { lastMenuButton } from './last-menu.ts'

/**
 * For the content of a dialog: gives the focus back to what had it when the dialog was opened, or to the button of the
 * menu that it was opened from.
 */
export function useOpener() {
  const opener = useRef<HTMLElement | null>(null)
  return {
    onOpenAutoFocus: () => {
      const active = document.activeElement
      // A menu that closes takes the focus out of the page with it, a moment before its button has it again.
      const isOfMenu = !active || active === document.body || active.closest('[role="menu"]') !== null
      opener.current = isOfMenu ? lastMenuButton() : active instanceof HTMLElement ? active : null
    },
    onCloseAutoFocus: (event: Event) => {
      if (!opener.current?.isConnected) return
      event.preventDefault()
      opener.current.focus()
    },
  }
}
