'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** "⌘" on Apple's keyboards, "Ctrl" on others and until we know. */
export function useModifierLabel(): string {
  return useSyncExternalStore(
    never,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'),
    () => 'Ctrl',
  )
}
