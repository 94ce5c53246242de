'use client'

import { useEffect, useRef } from 'react'

export interface Shortcuts {
  onPalette: () => void
  onHelp: () => void
  /** The letter after "g"; says whether it means anything. */
  onGo: (letter: string) => boolean
}

const sequenceMs = 1200

/** ⌘K or Ctrl K anywhere; "?" and "g" sequences where nobody types and nothing is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    let goingUntilMs = 0
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.repeat) return
      if ((event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        latest.current.onPalette()
        return
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isBusy(event.target)) return
      const going = event.timeStamp < goingUntilMs
      goingUntilMs = 0
      if (going && latest.current.onGo(event.key.toLowerCase())) event.preventDefault()
      else if (event.key === 'g') goingUntilMs = event.timeStamp + sequenceMs
      else if (event.key === '?') {
        event.preventDefault()
        latest.current.onHelp()
      }
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  const typing = target.isContentEditable || target.matches('input, textarea, select')
  return typing || target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null
}
